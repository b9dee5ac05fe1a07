"""What all files of data are made of: frozen models, and ids."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""An id: small letters, digits and single hyphens."""


class FrozenModel(BaseModel):
    """A record read from a file: frozen, and strict about names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
