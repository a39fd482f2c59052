# Polski. Formy bezosobowe i krótki tryb rozkazujący, jak na polskich automatach. „Identyfikator” to karta, brelok lub naklejka.

invitation-up = Przyłóż identyfikator do czytnika
getting-ready = Przygotowanie
one-moment-please = Proszę chwilę zaczekać
one-moment = Chwileczkę
see-the-desk = Prosimy podejść do recepcji
cannot-store = Nie można niczego zapisać
acknowledged = Odczytano

headline-checked-in = Witamy
headline-checked-out = Do zobaczenia
headline-refused = Nie zarejestrowano
headline-unknown-tile = Nieznany identyfikator
headline-ambiguous-tile = Wspólny identyfikator
headline-unusable-tile = Użyj identyfikatora
headline-saved = Zachowano
headline-unavailable = Nie zapisano
headline-ambiguous-pin = Wspólny PIN
nothing-changed = Bez zmian

checked-in-at = Wejście: { $time }
checked-out-after = Wyjście. Czas pobytu: { $duration }
here-since = Jesteś tu od: { $time }

refused-without-reason = Nie podano powodu.
refused-inactive = Twoje członkostwo nie jest aktywne.
refused-archived = Twoje członkostwo się zakończyło.
refused-already-in = Wejście jest już zarejestrowane.
refused-already-out = Wyjście jest już zarejestrowane.
refused-withheld = Prosimy podejść do recepcji.

unknown-tile = Nikt nie ma tego identyfikatora, więc wejścia nie zarejestrowano.
ambiguous-tile = Ten identyfikator ma więcej niż jedna osoba, więc wejścia nie zarejestrowano.
ambiguous-pin = Ten PIN ma więcej niż jedna osoba, więc wejścia nie zarejestrowano.
unusable-tile = Telefon ani karta tego rodzaju nie zarejestruje wejścia. Przyłóż do czytnika otrzymany identyfikator.
unusable-place = Ta naklejka oznacza miejsce: dotknij jej telefonem. Aby zarejestrować tu wejście, przyłóż swój identyfikator do czytnika.
saved = Zachowano na tym urządzeniu, jeszcze nie sprawdzono. Zostanie zapisane, gdy wróci połączenie.

unavailable-offline = W tej chwili nie ma połączenia.
unavailable-signed-out = To urządzenie jest wylogowane.
unavailable-queue-full = Nie ma połączenia, a to urządzenie nie może zachować niczego więcej.
unavailable-no-member-data = To urządzenie nie wczytało jeszcze listy członków.
unavailable-not-permitted = To urządzenie nie ma uprawnień do rejestrowania wejść.
unavailable-journal = Nie udało się zachować wpisu na tym urządzeniu.
unavailable-service = Usługa rejestracji nie dała jasnej odpowiedzi.
unavailable-out-of-order = To urządzenie jest nieczynne.

tile = Identyfikator { $tile }
offer-check-in = Zarejestruj jednak wejście
offer-check-out = Zarejestruj jednak wyjście
offer-try-again = Spróbuj ponownie
offer-failed = Nie udało się
out-of-order = Nieczynne
being-set-up = Trwa konfiguracja tego urządzenia

reader-starting = Uruchamianie czytnika
reader-up = Czytnik gotowy
reader-down = Czytnik niepodłączony
link-connecting = Łączenie
link-online = Połączono
link-offline = Bez połączenia: zapis na urządzeniu
link-signed-out = Wylogowano: powiadom obsługę
offline-without-saving = Bez połączenia: zapis niemożliwy
waiting = { $count ->
    [one] { $shown } wpis czeka
    [few] { $shown } wpisy czekają
    [many] { $shown } wpisów czeka
   *[other] { $shown } wpisu czeka
}
waiting-since = { $count ->
    [one] { $shown } wpis czeka od: { $since }
    [few] { $shown } wpisy czekają od: { $since }
    [many] { $shown } wpisów czeka od: { $since }
   *[other] { $shown } wpisu czeka od: { $since }
}
needs-staff = { $count ->
    [one] { $shown } wpis wymaga obsługi
    [few] { $shown } wpisy wymagają obsługi
    [many] { $shown } wpisów wymaga obsługi
   *[other] { $shown } wpisu wymaga obsługi
}
sign-in-ends-days = { $count ->
    [one] Sesja wygaśnie za { $shown } dzień: obsługo, zaloguj się ponownie
    [few] Sesja wygaśnie za { $shown } dni: obsługo, zaloguj się ponownie
    [many] Sesja wygaśnie za { $shown } dni: obsługo, zaloguj się ponownie
   *[other] Sesja wygaśnie za { $shown } dnia: obsługo, zaloguj się ponownie
}
sign-in-ends-hours = { $count ->
    [one] Sesja wygaśnie za { $shown } godzinę: obsługo, zaloguj się ponownie
    [few] Sesja wygaśnie za { $shown } godziny: obsługo, zaloguj się ponownie
    [many] Sesja wygaśnie za { $shown } godzin: obsługo, zaloguj się ponownie
   *[other] Sesja wygaśnie za { $shown } godziny: obsługo, zaloguj się ponownie
}
not-taken-over = Nowej konfiguracji nie przyjęto: obsługo, zajrzyj do dziennika
storage-fails = Nie można niczego zapisać: powiadom obsługę
clock-behind = Zegar tego tabletu się spóźnia: { $duration }
clock-ahead = Zegar tego tabletu się spieszy: { $duration }

duration-none = mniej niż minuta
duration-minutes = { $shown } min
duration-hours = { $shown } godz.
duration-hours-and-minutes = { $hoursShown } godz. { $minutesShown } min

passes-left = { $count ->
    [0] Nie ma już wejściówek
    [one] Pozostała { $shown } wejściówka
    [few] Pozostały { $shown } wejściówki
    [many] Pozostało { $shown } wejściówek
   *[other] Pozostało { $shown } wejściówki
}
minutes-used = Wykorzystano w tym okresie: { $duration }
pay-as-you-go = Na tę wizytę wykorzystano jednorazową wejściówkę
present = { $count ->
    [one] { $shown } osoba na miejscu
    [few] { $shown } osoby na miejscu
    [many] { $shown } osób na miejscu
   *[other] { $shown } osoby na miejscu
}
charge-of-some-kind = Bez wejściówki wizyta jest płatna
charge = Bez wejściówki wizyta jest rozliczana jako { $name }
charge-with-price = Bez wejściówki wizyta jest rozliczana jako { $name }, { $price }

closed = Zamknięte
closed-opens = Otwarcie: { $when }
closed-taps-still-work = Wejścia i wyjścia nadal można rejestrować
renew-here = Odnów tutaj

preferences-open = Język
preferences-title = Język i wygląd
preferences-language = Język
preferences-larger-text = Większy tekst
preferences-high-contrast = Wysoki kontrast
preferences-speech = Czytaj na głos
preferences-done = Gotowe

pin-open = Bez identyfikatora? Użyj kodu PIN
pin-title = Wpisz swój kod PIN
pin-name = Wpisz swoje imię i nazwisko
pin-who-are-you = Kim jesteś?
pin-nobody = Nie znaleziono nikogo o tym imieniu
pin-pause = Poczekaj chwilę i spróbuj ponownie
pin-wrong = Ten kod PIN jest nieprawidłowy
pin-locked = Zbyt wiele prób. Zaczekaj: { $duration }
pin-backspace = Usuń ostatnią cyfrę
pin-clear = Wyczyść
pin-enter = Zatwierdź
pin-cancel = Anuluj

staff-open = Obsługa
staff-pin-title = PIN obsługi
configuration = konfiguracja { $configuration }

sentence = { $text }.
