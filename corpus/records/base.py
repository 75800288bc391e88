"""The two base records: one for what people write by hand, one for what the program makes."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record made by the program."""

    model_config = ConfigDict(frozen=True)


class HandWritten(BaseModel):
    """A frozen record read from a file that people edit: an unknown key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
