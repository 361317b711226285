"""The rules of the guide as pure functions of records and dates. They read no file and no clock."""
