"""Drives the package nexudus 0.1 against one service and prints what each step was answered, as JSON.

Arguments: base URL, user name, password. The package is used as published. Two things are done from outside: its address is
a constant that its classes copy when they are made, so both are set to the service at hand; and it has classes for access
tokens, bookings and booking products only, so check-ins and coworkers go through its session and its own maker of bodies.
Its requirement, requests, is not declared by the package.
"""

import json
import sys

from nexudus import nexudus

base_url, username, password = sys.argv[1:]
for entity in (nexudus.AccessToken, nexudus.Booking, nexudus.BookingProduct):
    entity.BASE_URL = entity.BASE_URL.replace(nexudus.DOMAIN_URL, base_url)
nexudus.DOMAIN_URL = base_url

answers = {}


def told(step, response):
    body = response.json() if response.content else None
    answers[step] = {"status": response.status_code, "body": body}
    return body


def access_tokens():
    tokens = nexudus.AccessToken(username, password)
    told("access tokens at first", tokens.get_access_tokens())
    made = told(
        "access token created",
        tokens.create_access_token(BusinessId=9, AccessCode="GUEST-1", MinutesIncluded=60, MinutesLeft=45),
    )
    number = made["Value"]["Id"]
    told("access token", tokens.get_access_token_by_id(number))
    told("access tokens by code", tokens.get_access_tokens(AccessToken_AccessCode="guest", AccessToken_Business=9))
    told(
        "access token updated",
        tokens.update_access_token(
            Id=number, BusinessId=9, AccessCode="GUEST-1", MinutesIncluded=90, MinutesLeft=45
        ),
    )
    told("access token after", tokens.get_access_token_by_id(number))
    told("access token deleted", tokens.delete_access_token(number))
    told("access token gone", tokens.get_access_token_by_id(number))


def bookings():
    bookings = nexudus.Booking(username, password)
    begin, end, later = "2025-03-01T09:00:00Z", "2025-03-01T10:00:00Z", "2025-03-01T11:00:00Z"
    made = told("booking created", bookings.create_booking(ResourceId=501, FromTime=begin, ToTime=end))
    number = made["Value"]["Id"]
    told("booking", bookings.get_booking_by_id(number))
    told("bookings by resource", bookings.get_bookings(Booking_Resource=501, Booking_Resource_Name="meeting"))
    told("bookings of nobody", bookings.get_bookings(Booking_Coworker=1001))
    told("booking updated", bookings.update_booking(Id=number, ResourceId=501, FromTime=begin, ToTime=later))
    told("booking of no resource", bookings.create_booking(ResourceId=502, FromTime=begin, ToTime=end))
    told("booking deleted", bookings.delete_booking(number))


def others():
    told("booking products", nexudus.BookingProduct(username, password).get_booking_products())
    told("wrong password", nexudus.AccessToken(username, "wrong").get_access_tokens())


def checkins():
    session = nexudus.Nexudus(username, password).session
    url = base_url + "/spaces/checkins"
    visit = {"BusinessId": 9, "CoworkerId": 1002, "FromTime": "2025-03-01T09:00:00Z", "Source": "Tile"}
    made = told("check-in created", session.post(url, data=nexudus.parse_body(visit)))
    number = made["Value"]["Id"]
    told("check-in", session.get("{}/{}".format(url, number)))
    told("check-ins of the coworker", session.get(url, params=nexudus.parse_params({"Checkin_Coworker": 1002})))
    closed = dict(visit, Id=number, ToTime="2025-03-01T17:00:00Z")
    told("check-in closed", session.put(url, data=nexudus.parse_body(closed)))
    told("check-in refused", session.post(url, data=nexudus.parse_body(dict(visit, CoworkerId=1005))))


def coworkers():
    session = nexudus.Nexudus(username, password).session
    url = base_url + "/spaces/coworkers"
    person = {
        "FullName": "Zoë & Söhne",
        "Email": "zoe+desk@example.org",
        "CountryId": 1221,
        "SimpleTimeZoneId": 31,
        "AccessCardId": "04C2B2C3D4E5F6",
    }
    made = told("coworker created", session.post(url, data=nexudus.parse_body(person)))
    wanted = {"Coworker_AccessCardId": "04C2B2C3D4E5F6", "Coworker_Email": "zoe+desk"}
    told("coworkers by card", session.get(url, params=nexudus.parse_params(wanted)))
    changed = dict(person, Id=made["Value"]["Id"], FullName="Zoë + Söhne")
    told("coworker updated", session.put(url, data=nexudus.parse_body(changed)))


for part in (access_tokens, bookings, others, checkins, coworkers):
    part()
json.dump(answers, sys.stdout)
