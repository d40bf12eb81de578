"""What the readers of XML and HTML share: parsing in safety, a walk over mixed content, tables, citations gathered."""
