"""Tables of people, their duties and their devices.

A duty is never edited or deleted: it ends, and a new one begins, so that "who had the right that night" keeps its
answer. The ledger holds a person's `code`, never the name. Written through `awas.access.services`.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from awas.access.policy import Held, Role


class People(BaseUserManager["Person"]):
    """Finds people by the name they sign in with, whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Someone who signs in. `home` is the area whose administrators keep this account; it grants nothing by itself."""

    last_login = None  # a device's own `last_seen_at` says more and costs no write at sign-in

    username = models.CharField(_("user name"), max_length=40, unique=True, validators=[ASCIIUsernameValidator()])
    display_name = models.CharField(_("name"), max_length=80)
    home = models.CharField(_("area"), max_length=24, db_index=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    language = models.CharField(_("language"), max_length=5, default="id")
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must choose a new password"), default=False)
    created_at = models.BigIntegerField(default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects = People()

    remembered_duties: tuple[Held, ...] = ()
    """All duties, where `awas.access.standing` made this instance; elsewhere empty. Only for showing."""

    class Meta:
        ordering: ClassVar = ["display_name", "id"]

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        super().clean()
        self.username = self.username.lower()

    @property
    def code(self) -> str:
        """The actor code that stands in the ledger, such as `p17`. Row numbers are never given twice."""
        return f"p{self.pk}"

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name.split(" ", 1)[0]

    @property
    def duty_label(self) -> str:
        """The roles held now with their areas, for the account menu."""
        now = settings.AWAS_NOW()
        return ", ".join(f"{Roles(held.role).label} {held.area}" for held in self.remembered_duties if held.holds(now))

    @property
    def is_staff(self) -> bool:
        """Nobody has rights outside the policy's table; asked by the framework."""
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """The framework's own permissions are not used: always refused."""
        return False


class Roles(models.TextChoices):
    """The policy's roles with their names for people."""

    WATCHER = Role.WATCHER.value, _("Watch officer")
    FIELD_SUPERVISOR = Role.FIELD_SUPERVISOR.value, _("Field supervisor")
    DISTRICT_OFFICER = Role.DISTRICT_OFFICER.value, _("District office")
    PROVINCE_OFFICER = Role.PROVINCE_OFFICER.value, _("Province office")
    NATIONAL_OFFICER = Role.NATIONAL_OFFICER.value, _("National office")
    PARTNER = Role.PARTNER.value, _("Partner institution")
    ADMINISTRATOR = Role.ADMINISTRATOR.value, _("Account administrator")


class Duty(models.Model):
    """A role held in an area (region or site code) from an instant until another; no end while `until_at` is null."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(_("role"), max_length=20, choices=Roles.choices)
    area = models.CharField(_("area"), max_length=24)
    from_at = models.BigIntegerField()
    until_at = models.BigIntegerField(null=True, blank=True)
    assigned_by = models.CharField(max_length=16, default="", blank=True)
    ended_by = models.CharField(max_length=16, default="", blank=True)

    class Meta:
        ordering: ClassVar = ["from_at", "id"]
        indexes: ClassVar = [models.Index(fields=["area", "role"], name="duty_area_role")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until_at__isnull=True) | models.Q(until_at__gte=models.F("from_at")),
                name="duty_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="duty_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role} {self.area}"

    @property
    def held(self) -> Held:
        """The duty as the policy reads it."""
        return Held(Role(self.role), self.area, self.from_at, self.until_at)


class DeviceKind(models.TextChoices):
    SESSION = "session", _("browser session")
    ENROLLED = "enrolled", _("enrolled device")


class Device(models.Model):
    """What a person records with; the ledger numbers entries per device, without a gap.

    Of an enrolled device's token only the SHA-256 is kept. Revoking is final.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=8, choices=DeviceKind.choices)
    label = models.CharField(max_length=80, blank=True)
    token_digest = models.BinaryField(null=True)
    public_key = models.BinaryField(null=True)
    enrolled_at = models.BigIntegerField()
    last_seen_at = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-last_seen_at", "-id"]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The device code that stands in the ledger, such as `d5`. Row numbers are never given twice."""
        return f"d{self.pk}"


class Change(models.TextChoices):
    """What can be done to an account."""

    CREATED = "created", _("account created")
    UPDATED = "updated", _("particulars changed")
    OPENED = "opened", _("account opened again")
    CLOSED = "closed", _("account closed")
    PASSWORD_SET = "password_set", _("password set by an administrator")
    PASSWORD_CHOSEN = "password_chosen", _("password chosen by its owner")
    DUTY_ASSIGNED = "duty_assigned", _("duty assigned")
    DUTY_ENDED = "duty_ended", _("duty ended")
    DEVICE_ENROLLED = "device_enrolled", _("device enrolled")
    DEVICE_REVOKED = "device_revoked", _("device revoked")


class AccountChange(models.Model):
    """Who changed what about an account: whoever can set a password could sign in as its owner. Only ever added."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    at = models.BigIntegerField()
    by = models.CharField(max_length=16, default="", blank=True)
    what = models.CharField(max_length=16, choices=Change.choices)
    about = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.what}"
