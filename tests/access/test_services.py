"""Accounts and duties: who may change whom, and what stays of it."""

import pytest

from awas.access import services
from awas.access.models import AccountChange, Duty, Person
from awas.access.policy import NATION, Denied, Held, Permission, Role
from awas.access.standing import standing_of
from awas.ledger.area import Refused
from tests.access.people import DAY, HOUR, NOW, PASSWORD, somebody

pytestmark = pytest.mark.django_db


def test_an_account_has_a_code_and_no_duty():
    person = somebody()
    assert person.code == f"p{person.pk}"
    assert services.duties_of(person, NOW) == ()
    assert services.person_coded(person.code) == person


@pytest.mark.parametrize("code", ["", "p", "p0", "p-1", "d1", "p1x", "p٣", "p" + "9" * 30, "import"])
def test_a_code_of_nobody_stands_for_itself(code):
    assert services.person_coded(code) is None
    assert services.actor_name(code) == code
    assert services.actor_names([code]) == {code: code}


def test_names_by_code():
    one, two = somebody(), somebody()
    assert services.actor_names([one.code, two.code, "demo"]) == {
        one.code: one.display_name,
        two.code: two.display_name,
        "demo": "demo",
    }


def test_a_user_name_is_taken_whatever_its_letter_case():
    somebody(username="petugas")
    with pytest.raises(Refused, match="username_taken"):
        somebody(username="Petugas")


@pytest.mark.parametrize("password", ["pendek", "1234567890123", "orang-lemah"])
def test_weak_passwords_are_refused(password):
    with pytest.raises(Refused, match="password_weak"):
        somebody(username="orang-lemah", password=password)


@pytest.mark.parametrize(
    ("role", "area", "code"),
    [
        (Role.WATCHER, "36.02", "role_not_there"),
        (Role.DISTRICT_OFFICER, "36", "role_not_there"),
        (Role.NATIONAL_OFFICER, "36", "role_not_there"),
        (Role.PROVINCE_OFFICER, NATION, "role_not_there"),
        (Role.WATCHER, "gudang", "not_an_area"),
    ],
)
def test_a_role_is_held_only_where_it_exists(role, area, code):
    with pytest.raises(Refused, match=code):
        services.assign_duty(somebody(), role, area, from_at=NOW)


def test_a_duty_ends_and_stays_on_record():
    person = somebody(Role.WATCHER)
    duty = Duty.objects.get(person=person)
    services.end_duty(duty, at=NOW)
    assert services.duties_of(person, NOW) == ()
    assert services.duties_of(person, NOW - 1) == (Held(Role.WATCHER, "36.02-G1", NOW - DAY, NOW),)
    again = services.end_duty(duty, at=NOW + HOUR)
    assert again.until_at == NOW
    assert [change.what for change in person.changes.all()][:2] == ["duty_ended", "duty_assigned"]


def test_a_duty_that_had_not_begun_never_holds():
    person = somebody()
    duty = services.assign_duty(person, Role.WATCHER, "36.02-G1", from_at=NOW + DAY)
    ended = services.end_duty(duty, at=NOW)
    assert not any(ended.held.holds(at) for at in (NOW, NOW + DAY, NOW + DAY + 1))


def test_a_closed_account_has_no_duties():
    person, admin = somebody(Role.WATCHER), somebody(Role.ADMINISTRATOR)
    services.update_person(
        person, display_name="Contoh", email="", phone="", language="id", is_active=False, now=NOW, by=admin
    )
    assert services.duties_of(person, NOW) == ()
    assert person not in services.people_on("36.02", NOW)
    assert AccountChange.objects.filter(person=person, what="closed", by=admin.code).exists()


def test_nobody_gives_themselves_a_duty_or_closes_their_own_account():
    admin = somebody(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="own_account"):
        services.assign_duty(admin, Role.DISTRICT_OFFICER, "36.02", from_at=NOW, by=admin)
    with pytest.raises(Refused, match="own_account"):
        services.update_person(
            admin, display_name="A", email="", phone="", language="id", is_active=False, now=NOW, by=admin
        )


def test_an_administrator_reaches_no_further_than_the_own_area():
    admin = somebody(Role.ADMINISTRATOR)
    with pytest.raises(Denied) as denied:
        services.create_person(username="x", display_name="X", home="36.03", password=PASSWORD, now=NOW, by=admin)
    assert denied.value.outside
    with pytest.raises(Denied) as denied:
        services.assign_duty(somebody(), Role.DISTRICT_OFFICER, "36.03", from_at=NOW, by=admin)
    assert not denied.value.outside


def test_whose_duty_reaches_further_cant_be_taken_over_through_a_new_password():
    admin = somebody(Role.ADMINISTRATOR, "36.02")
    province = somebody(Role.PROVINCE_OFFICER, "36", home="36.02")
    with pytest.raises(Denied):
        services.set_password(province, PASSWORD, now=NOW, by=admin)
    with pytest.raises(Denied):
        services.end_duty(Duty.objects.get(person=province), at=NOW, by=admin)
    services.set_password(province, PASSWORD, now=NOW, by=somebody(Role.ADMINISTRATOR, "36"))
    assert Person.objects.get(pk=province.pk).must_change_password


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_change_accounts(role):
    with pytest.raises(Denied):
        services.set_password(somebody(), PASSWORD, now=NOW, by=somebody(role))


def test_people_on_an_area_and_people_covering_a_place():
    watcher, other = somebody(Role.WATCHER), somebody(Role.WATCHER, "36.03-G1")
    village, district = somebody(Role.FIELD_SUPERVISOR), somebody(Role.DISTRICT_OFFICER)
    province, nation = somebody(Role.PROVINCE_OFFICER), somebody(Role.NATIONAL_OFFICER)
    later = somebody()
    services.assign_duty(later, Role.WATCHER, "36.02-G1", from_at=NOW + 1)
    assert set(services.people_on("36.02", NOW)) == {watcher, village, district}
    assert set(services.people_on(NATION, NOW)) == {watcher, other, village, district, province, nation}
    assert set(services.people_on("36", NOW, [Role.WATCHER])) == {watcher, other}
    assert set(services.people_covering("36.02-G1", NOW)) == {watcher, district, province, nation}
    assert set(services.people_covering("36.02-G1", NOW + 1)) == {watcher, later, district, province, nation}


@pytest.mark.parametrize(
    ("place", "above"),
    [
        ("36.02.05-G1", ("36.02.05-G1", "36.02.05", "36.02", "36", NATION)),
        ("36.02", ("36.02", "36", NATION)),
        (NATION, (NATION,)),
    ],
)
def test_areas_above(place, above):
    assert services.areas_above(place) == above


def test_the_accounts_one_keeps():
    mine, theirs = somebody(home="36.02.05"), somebody(home="36.03")
    kept = services.people_kept_by(somebody(Role.ADMINISTRATOR, home="36"), NOW)
    assert mine in kept
    assert theirs not in kept
    assert not services.people_kept_by(somebody(Role.NATIONAL_OFFICER), NOW).exists()


def test_what_is_remembered_of_a_person_follows_every_change(django_assert_num_queries):
    person = somebody()
    assert standing_of(person.pk).duties == ()
    services.assign_duty(person, Role.WATCHER, "36.02-G1", from_at=NOW)
    assert [held.role for held in standing_of(person.pk).duties] == [Role.WATCHER]
    with django_assert_num_queries(0):
        standing_of(person.pk)
        assert services.areas_of(person, Permission.VIEW_SITE, NOW) == ("36.02-G1",)


def test_a_remembered_person_is_nobody_elses_object():
    person = somebody()
    standing_of(person.pk).person.display_name = "changed"
    assert standing_of(person.pk).person.display_name == person.display_name
