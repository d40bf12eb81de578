"""Ground floor: the shapes everything speaks. Records, offsets, ids, errors and the schema files; imports nothing of ours."""
