"""Wire everything once, by hand: settings, keys, database, directory with index, carrier."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from directory_data.opening_hours import DAYS
from directory_data.region import Region, load_region
from directory_data.vocabulary.loader import Vocabulary
from navigator import clock, encryption
from navigator.domain.business_calendar import BusinessCalendar
from navigator.domain.desk_schedule import DeskSchedule
from navigator.nlp.danger.lexicon import DangerLexicon
from navigator.nlp.model_registry import ModelRegistry
from navigator.services.directory.edition_store import EditionStore
from navigator.settings import Settings, instance_region
from navigator.storage.database import Database
from sms.carrier import Carrier
from sms.console_carrier import ConsoleCarrier, ConsoleMessage
from sms.twilio_carrier import TwilioCarrier


@dataclass(frozen=True)
class Container:
    """What an instance is made of."""

    settings: Settings
    secrets: encryption.Secrets
    encryption: encryption.Encryptor
    database: Database
    models: ModelRegistry
    edition_store: EditionStore
    region: Region
    carrier: Carrier
    zone: ZoneInfo
    now: Callable[[], datetime]

    @property
    def calendar(self) -> BusinessCalendar:
        """Give the business days and public holidays of the region."""
        policy = self.region.policy
        return BusinessCalendar(policy.country, policy.province, self.zone)

    @property
    def desk_schedule(self) -> DeskSchedule:
        """Give when a navigator is at the desk."""
        desk = self.region.policy.desk
        return DeskSchedule(
            self.calendar,
            opens=time.fromisoformat(desk.opens),
            closes=time.fromisoformat(desk.closes),
            weekdays=frozenset(DAYS.index(day) for day in desk.days),
            phone=self.settings.desk_phone,
        )

    @property
    def vocabulary(self) -> Vocabulary:
        """Give the common language."""
        return self.region.vocabulary

    @property
    def danger(self) -> DangerLexicon:
        """Give the lexicon that danger is recognised with; it is compiled at the first call."""
        return self.models.danger_lexicon()

    @property
    def tokens(self) -> tuple[str, ...]:
        """Give the tokens that a webhook may be signed with; the simulator's only in a demo."""
        own = (self.secrets.phone_token,) if self.settings.demo else ()
        return (*self.settings.twilio_auth_tokens, *own)


def build_container(
    settings: Settings,
    *,
    now: Callable[[], datetime] = clock.now,
    carrier: Carrier | None = None,
    models: ModelRegistry | None = None,
) -> Container:
    """Put an instance together; raise KeysMissing where it is not set up yet.

    Raise UnknownRegion or BadRegion where the data of its region is not here, or can't be read.
    """
    secrets = encryption.load_secrets(settings)
    region = load_region(instance_region(settings.home))
    encryptor = encryption.Encryptor(keys=secrets.keys, hash_key=secrets.hash_key)
    database = Database(settings.database_url, encryptor)
    models = models or ModelRegistry(region.vocabulary, settings.models_folder)
    return Container(
        settings=settings,
        secrets=secrets,
        encryption=encryptor,
        database=database,
        models=models,
        edition_store=EditionStore(settings.home, database, region, models),
        region=region,
        carrier=carrier or _carrier(settings, now),
        zone=ZoneInfo(settings.time_zone or region.policy.time_zone),
        now=now,
    )


def _carrier(settings: Settings, now: Callable[[], datetime]) -> Carrier:
    if not settings.texts_for_real:
        return ConsoleCarrier(_shown, now)
    return TwilioCarrier(
        settings.twilio_account_sid,
        settings.twilio_auth_tokens[0],
        settings.twilio_from,
        f"{settings.public_base_url}/sms/status",
    )


def _shown(message: ConsoleMessage) -> None:
    """Show nothing: the simulator reads the outbox, and a log must not hold what people say."""
