"""xlsx, xls, et, ods and csv -> entries of an import: values, or what is wrong with which cell."""

from service.spreadsheets.postings import SheetReading, read_postings

__all__ = ["SheetReading", "read_postings"]
