"""Sheets: the counts of an office go in and out the way it keeps them, as Excel, LibreOffice or CSV files."""
