"""Ground floor: the shapes everything speaks. Records, offsets, ids, errors, schema files; imports nothing of ours."""
