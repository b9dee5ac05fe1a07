"""The directory that the application works from: an immutable edition of all records."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock
from typing import TypeVar, cast

from directory_data.records import OrganizationRecord, ServiceRecord
from directory_data.region import Region
from directory_data.region_policy import RegionPolicy
from directory_data.vocabulary.loader import Vocabulary

Derived = TypeVar("Derived")


@dataclass(frozen=True)
class Service:
    """A service together with the organization that runs it."""

    record: ServiceRecord
    organization: OrganizationRecord

    @property
    def id(self) -> str:
        """Give the id of the service."""
        return self.record.id


@dataclass(frozen=True, eq=False)
class Directory:
    """An edition: all organizations of a region, in the order of their ids, under one number."""

    edition: int
    organizations: tuple[OrganizationRecord, ...]
    region: Region
    _derived: dict[Callable[..., object], object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _lock: RLock = field(default_factory=RLock, init=False, repr=False, compare=False)

    @property
    def vocabulary(self) -> Vocabulary:
        """Give the common language of its region."""
        return self.region.vocabulary

    @property
    def policy(self) -> RegionPolicy:
        """Give how its region is served."""
        return self.region.policy

    @cached_property
    def all_services(self) -> Mapping[str, Service]:
        """Hold every service by id, those kept but not shown included."""
        return {
            record.id: Service(record, organization)
            for organization in self.organizations
            for record in organization.services
        }

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """Hold the services that may be shown, by id."""
        return {
            key: service for key, service in self.all_services.items() if service.record.publish
        }

    @cached_property
    def by_need(self) -> Mapping[str, tuple[Service, ...]]:
        """Hold the shown services of each need."""
        found: dict[str, list[Service]] = {}
        for service in self.services.values():
            for need in service.record.needs:
                found.setdefault(need, []).append(service)
        return {need: tuple(services) for need, services in found.items()}

    def door_of(self, service: Service) -> Service | None:
        """Give the door that a service is reached through, if it has one that may be shown."""
        through = service.record.access.through
        return self.services.get(through) if through else None

    def derived(self, compute: Callable[["Directory"], Derived]) -> Derived:
        """Compute something from this edition, once; it is kept with the edition and goes with it.

        `compute` is a module-level function of the directory alone.
        """
        with self._lock:
            if compute not in self._derived:
                self._derived[compute] = compute(self)
            return cast("Derived", self._derived[compute])

    def __iter__(self) -> Iterator[Service]:
        return iter(self.services.values())
