# Polski: słowa stanowiska obsługi. Krótki tryb rozkazujący, jak w kiosku.
# Long because Polish has four plural forms.

title = Stanowisko obsługi
one-moment = Chwileczkę
no-answer = Stanowisko nie odpowiada. Za chwilę nastąpi ponowna próba.
lock = Wróć do kiosku
set-up = Konfiguracja
set-up-ask = Otworzyć konfigurację? Kiosk wstrzyma w tym czasie pracę.
set-up-yes = Otwórz konfigurację
end-kiosk = Zakończ kiosk
end-kiosk-means = Tylko do prac przy urządzeniu, które jest pod spodem.
end-kiosk-ask = Zakończyć kiosk? Do jego ponownego uruchomienia albo restartu tabletu żaden identyfikator nie będzie czytany. Urządzenie pod spodem stanie otworem przed każdym, kto tu stoi.
cancel = Anuluj
close = Zamknij
again = Spróbuj ponownie
refresh = Odśwież
older = Pokaż starsze
loading = Wczytywanie
none = Brak
print = Drukuj
export = Zapisz jako CSV
exported = { $count ->
    [one] Zapisano { $shown } wiersz: { $path }
    [few] Zapisano { $shown } wiersze: { $path }
    [many] Zapisano { $shown } wierszy: { $path }
   *[other] Zapisano { $shown } wiersza: { $path }
}
exported-part = Razem jest { $all }: zapisano tylko pierwsze.
exported-names = Plik zawiera nazwiska. Usuń go, gdy nie będzie już nikomu potrzebny.
locks-in = Blokada za { $duration }. Dotknij, aby zostać.
at-the-door = Przy drzwiach
lacking = Konto nie ma ról: { $roles }
waiting = { $count ->
    [one] { $shown } wpis czeka
    [few] { $shown } wpisy czekają
    [many] { $shown } wpisów czeka
   *[other] { $shown } wpisu czeka
}
needs-staff = { $count ->
    [one] { $shown } wpis wymaga obsługi
    [few] { $shown } wpisy wymagają obsługi
    [many] { $shown } wpisów wymaga obsługi
   *[other] { $shown } wpisu wymaga obsługi
}
since = od: { $time }
until = do: { $time }
member-number = Członek { $number }
tile = Identyfikator { $tile }

tab-failures = Niepowodzenia
tab-overview = Przegląd
tab-health = Stan kiosku
tab-log = Dziennik działań
link-connecting = Łączenie
link-online = Połączono
link-offline = Brak połączenia
link-signed-out = Wylogowano
verdict-checked-in = Wejście zapisane
verdict-checked-out = Wyjście zapisane
verdict-refused = Wejścia nie zapisano
verdict-unknown-tile = Nieznany identyfikator
verdict-ambiguous-tile = Wspólny identyfikator
verdict-unusable-tile = Identyfikator nie do użycia
verdict-saved = Zachowano
verdict-unavailable = Nie zapisano
source-0 = Brak źródła
source-1 = Ręcznie
source-2 = Drzwi
source-3 = Sieć
source-4 = Identyfikator
source-5 = Czujnik
source-other = Źródło { $number }

preset-today = Dzisiaj
preset-week = 7 dni
preset-unknown = Nieznane identyfikatory
preset-member = Tylko { $name }
preset-all = Wszystko
filters = Filtry
filters-show = Pokaż
filters-clear = Wyczyść filtry
field-attempted = Czas
field-attempted-local = Czas miejscowy próby
field-created = Zapisano
field-updated = Zmieniono
field-coworker = Numer członka
field-member = Członek
field-location = Lokalizacja
field-source = Źródło
field-mac-addresses = Adresy MAC
field-teams = Zespoły
field-tariff = Plan członkowski
field-description = Powód
field-tile = Identyfikator
field-kind = Rodzaj
field-key = Numer
span-any = Dowolny czas
span-today = Dzisiaj
span-week = Ostatnie 7 dni
span-month = Ostatnie 30 dni
span-between = Od … do …
span-days = Dni
from = Od
to = Do
any = Dowolne
sort-by = Sortuj według
ascending = Najmniejsze najpierw
descending = Największe najpierw
failures-count = { $count ->
    [one] { $shown } niepowodzenie
    [few] { $shown } niepowodzenia
    [many] { $shown } niepowodzeń
   *[other] { $shown } niepowodzenia
}
failures-new = { $count ->
    [one] { $shown } nowe: pokaż
    [few] { $shown } nowe: pokaż
    [many] { $shown } nowych: pokaż
   *[other] { $shown } nowego: pokaż
}
failures-changed = Lista się zmieniła: pokaż
failures-none = Nie ma tu niepowodzeń
failures-none-hint = Wybierz dłuższy czas albo mniej filtrów.
failures-hidden = { $count ->
    [one] Pominięto { $shown } rekord: usługa nie uwzględnia jednego z filtrów.
    [few] Pominięto { $shown } rekordy: usługa nie uwzględnia jednego z filtrów.
    [many] Pominięto { $shown } rekordów: usługa nie uwzględnia jednego z filtrów.
   *[other] Pominięto { $shown } rekordu: usługa nie uwzględnia jednego z filtrów.
}
failures-unreadable = { $count ->
    [one] { $shown } rekordu nie dało się odczytać.
    [few] { $shown } rekordów nie dało się odczytać.
    [many] { $shown } rekordów nie dało się odczytać.
   *[other] { $shown } rekordu nie dało się odczytać.
}
failures-local-only = Widać tylko to, co wie ten kiosk.
kind-failed-checkin = Nieudane wejście
kind-needs-staff = Wymaga obsługi
kind-unusable-tile = Identyfikator nie do użycia
kiosk-only = Tylko ten kiosk
nobody = Nikt znany
no-reason = Nie podano powodu

happened = Co się stało
reading = Nasz odczyt
reading-means = Tapdesk wnioskuje to z tego, co teraz wiadomo. Usługa tego nie powiedziała.
member = Członek
passes = Karnety
open-checkins = Teraz w środku
recorded = Wszystko, co zapisano
acts = Co możesz zrobić
only-this-member = Tylko ten członek
no-plan = Brak planu
member-active = Aktywny
member-inactive = Nieaktywny
member-archived = Zarchiwizowany
pass-valid = Ważny
pass-used = Wykorzystany
pass-expired = Wygasł
pass-cancelled = Anulowany
pass-elsewhere = Dla innej lokalizacji
pass-other = Teraz nieważny
pass-some = Karnet
pass-uses = Zostało { $remaining } z { $all }
pass-left = Zostało { $remaining }
pass-pay-as-you-go = Płatność za wizytę

reading-unknown-tile = Nikt nie ma tego identyfikatora.
reading-ambiguous-tile = Ten identyfikator ma więcej niż jedna osoba.
reading-unusable-tile = Telefon albo karta, która za każdym razem pokazuje inny numer: nikogo nie wskazuje.
reading-tile-linked-since = Identyfikator należy teraz do: { $name }.
reading-not-active = Członek jest nieaktywny.
reading-archived = Członek jest zarchiwizowany.
reading-changed-since = Dane członka zmieniono po próbie: { $time }.
reading-no-pass-no-plan = Członek nigdy nie miał karnetu i nie ma planu.
reading-no-pass = Członek ma plan { $plan }, ale nie ma karnetu.
reading-passes-used-up = Wszystkie karnety są wykorzystane.
reading-passes-used-up-at = Wszystkie karnety są wykorzystane, ostatni: { $time }.
reading-passes-expired = Ostatni karnet wygasł: { $time }.
reading-passes-cancelled = Karnety anulowano.
reading-passes-elsewhere = Karnety są dla innej lokalizacji.
reading-pass-valid-now = Teraz karnet jest ważny: zaczął się później albo przyczyna jest inna.
reading-pass-valid-now-named = Karnet { $name } jest teraz ważny: zaczął się później albo przyczyna jest inna.
reading-plan-changed = Plan to było { $before }, a teraz jest { $after }.
reading-already-in = Członek był już w środku, od: { $time }.
reading-came-in-since = Członek wszedł później: { $time }.
reading-closed = Lokalizacja była wtedy zamknięta.
reading-repeated = { $count ->
    [one] { $shown } próba w ciągu dnia.
    [few] { $shown } próby w ciągu dnia.
    [many] { $shown } prób w ciągu dnia.
   *[other] { $shown } próby w ciągu dnia.
}
reading-not-known = Z tego, co wiadomo, nie wynika dlaczego.

act-check-in = Zapisz wejście ręcznie
act-close-checkin = Zamknij wejście
act-link-tile = Przypisz identyfikator członkowi
act-correct = Popraw rekord
act-retry = Zapisz ponownie
act-dismiss = Nic więcej nie trzeba
act-lacking = Niemożliwe na tym koncie: brakuje roli { $role }.
note = Notatka
note-means = Pozostaje tylko w tym kiosku.
when = Kiedy
when-now = Teraz
when-at = O podanej porze
search = Znajdź członka
search-none = Nikogo nie znaleziono.
search-hint = Wpisz co najmniej dwie litery nazwiska.
choose-other = Wybierz inną osobę
field-to-write = Zapisz identyfikator w
tile-field-access-card = Karta (AccessCardId)
tile-field-key-fob = Brelok (KeyFobNumber)
correct-reason = Nowy powód
correct-hint = Zostaw puste to, co się nie zmienia.
why = Dlaczego
dismiss-recorded-by-hand = Zapisano ręcznie
dismiss-already-recorded = Już zapisano
dismiss-did-not-enter = Nie było wejścia
dismiss-test = Próba działania
dismiss-other = Inny powód
look = Dalej
back = Wstecz
confirm = Potwierdź
confirm-title = Spójrz jeszcze raz
will-write = To zostanie zapisane
writes-nothing = W usłudze nic się nie zapisuje.
property = Właściwość
before = Przed
after = Po
empty = puste
undoable = Można to potem cofnąć.
not-undoable = Nie można tego cofnąć.
not-possible = W tym stanie nie da się tego zrobić.
working = Trwa wykonywanie. Poczekaj.
done = Gotowe
done-source = Usługa zapisała źródło: { $source }.
undo = Cofnij
undone = Cofnięto
warning-already-in = Członek jest już w środku, od: { $time }.
warning-not-active = Członek jest nieaktywny.
warning-may-be-charged = Żaden karnet nie jest ważny: wizyta może być płatna.
warning-tile-taken = { $name } ma ten identyfikator.
warning-tile-theirs = Członek ma już ten identyfikator.
warning-replaces-tile = Inny identyfikator członka zostanie zastąpiony.
warning-tap-waits = Wpis tego członka jeszcze czeka.
warning-tile-not-checked = Nie udało się zapytać usługi, kto ma ten identyfikator.
warning-already-closed = Wejście w międzyczasie zamknięto: { $time }.

problem-not-permitted = Konto nie ma roli { $role }.
todo-not-permitted = Poproś administratora o jej dodanie.
problem-unreachable = Nie można połączyć się z usługą.
todo-unreachable = Sprawdź sieć i spróbuj ponownie.
problem-throttled = Usługa jest teraz zbyt często pytana.
todo-throttled = Poczekaj minutę i spróbuj ponownie.
problem-signed-out = Usługa nie zna już tego kiosku.
todo-signed-out = Zaloguj się w konfiguracji.
problem-gateway = Usługa nie odpowiedziała tak, jak powinna.
todo-gateway = Poczekaj kilka minut i spróbuj ponownie.
problem-refused = Usługa tego nie przyjęła.
todo-refused = Przeczytaj, co mówi, i zmień to, o co prosi.
problem-gone = Tego rekordu już nie ma.
todo-gone = Spójrz ponownie na listę.
problem-changed = Ktoś to w międzyczasie zmienił.
todo-changed = Spójrz ponownie i zdecyduj jeszcze raz.
problem-unknown = Nie wiadomo, czy to wykonano.
todo-unknown = Zanim spróbujesz ponownie, sprawdź dane członka i dziennik działań.
problem-storage = Ten kiosk nie może tego zapisać, więc nic nie zrobiono.
todo-storage = Sprawdź stan kiosku.
problem-invalid = O to nie można prosić.
todo-invalid = Zmień wpisany tekst i spróbuj ponownie.
problem-ended = Stanowisko zakończyło pracę.
todo-ended = Wróć do kiosku i otwórz stanowisko ponownie.
problem-failed = To się nie udało.
todo-failed = Spróbuj ponownie.

chart-failures-by-reason = Niepowodzenia według powodu
chart-failures-by-hour = Niepowodzenia według godziny
chart-arrivals-by-hour = Przyjścia według godziny
chart-checkins-by-source = Wejścia według źródła
chart-unknown-tiles-by-day = Nieznane identyfikatory według dnia
hour = Godzina
minute = Minuta
day = Dzień
count = Liczba
name = Nazwisko
since-when = Od
show-table = Jako tabela
counted = Policzono { $counted } z { $all }: najnowsze.
nothing-counted = Nic w tym czasie.
present-none = Nikogo nie ma.
present-count = { $count ->
    [one] { $shown } teraz w środku
    [few] { $shown } teraz w środku
    [many] { $shown } teraz w środku
   *[other] { $shown } teraz w środku
}
present-filter = Znajdź nazwisko

state-good = Dobrze
state-attention = Do sprawdzenia
state-problem = Usterka
health-reader = Czytnik
health-reader-good = Czyta identyfikatory.
health-reader-attention = Uruchamia się. Jeśli to trwa, odłącz go i podłącz ponownie.
health-reader-problem = Nie działa. Odłącz go i podłącz ponownie; jeśli to nie pomoże, wybierz go w konfiguracji.
health-link = Połączenie
health-link-good = Usługa odpowiada.
health-link-attention = Trwa szukanie usługi. Wpisy są w tym czasie zachowywane.
health-link-problem = Nie można połączyć się z usługą. Sprawdź sieć; wpisy są zachowywane zgodnie z konfiguracją.
health-sign-in = Logowanie
health-sign-in-good = Kiosk jest zalogowany.
health-sign-in-attention = Logowanie wkrótce wygaśnie. Zaloguj się ponownie w konfiguracji.
health-sign-in-problem = Kiosk jest wylogowany. Zaloguj się w konfiguracji.
health-clock = Zegar
health-clock-good = Zgadza się z zegarem usługi.
health-clock-attention = Różni się od zegara usługi. Poproś dział IT o ustawienie czasu z sieci.
health-clock-problem = Bardzo się różni, więc godziny są błędne. Poproś dział IT o ustawienie czasu z sieci.
health-queue = Czekające wpisy
health-queue-good = Żaden nie czeka zbyt długo.
health-queue-attention = Wpisy czekają. Wyjdą same, gdy wróci połączenie.
health-queue-problem = Wpisy czekają zbyt długo. Sprawdź połączenie, a potem logowanie.
health-needs-staff = Wpisy dla obsługi
health-needs-staff-good = Żaden cię nie potrzebuje.
health-needs-staff-attention = Zobacz je na liście niepowodzeń.
health-needs-staff-problem = Wiele cię potrzebuje. Zobacz je na liście niepowodzeń.
health-storage = Pamięć
health-storage-good = Wpisy można zapisywać.
health-storage-attention = Brakuje miejsca. Poproś dział IT o zwolnienie miejsca na tym urządzeniu.
health-storage-problem = Wpisów nie można zapisać. Poproś dział IT o sprawdzenie dysku i magazynu kluczy.
health-budget = Zapytania do usługi
health-budget-good = Znacznie mniej, niż pozwala usługa.
health-budget-attention = Blisko tego, na co pozwala usługa. Przez minutę rzadziej filtruj i odświeżaj.
health-budget-problem = Tyle, na ile pozwala usługa. Poczekaj minutę.
health-configuration = Ustawienia
health-configuration-good = Używane są najnowsze.
health-configuration-attention = Nowych nie przejęto. Poproś dział IT o sprawdzenie.
health-configuration-problem = Nie da się ich użyć. Poproś dział IT o sprawdzenie.
health-rights = Role
health-rights-good = Konto ma potrzebne role.
health-rights-attention = Brakuje niektórych ról. Poproś administratora o ich dodanie.
health-rights-problem = Brakuje ról, bez których nic się nie zapisze. Poproś administratora o ich dodanie.
health-update = Aktualizacje
health-update-good = Używana jest najnowsza wersja.
health-update-attention = Aktualizacja jest gotowa. Zainstaluje się sama; kiosk zniknie wtedy na chwilę.
health-update-problem = Aktualizacji nie udało się zainstalować; kiosk działa dalej w poprzedniej wersji. Poproś dział IT o sprawdzenie.
update-by-hand = Aktualizacja jest gotowa. Poproś dział IT o jej zainstalowanie.
update-when = Instalacja: { $time }
health-fleet = Plik floty
health-fleet-good = Używany jest najnowszy dla tego kiosku.
health-fleet-attention = Najnowszy nie jest tu używany; kiosk działa dalej z tym, co ma. Poproś dział IT o sprawdzenie.
health-fleet-problem = Najnowszy tu nie zadziałał; przywrócono poprzedni. Poproś dział IT o sprawdzenie.
fleet-looked = Ostatnio sprawdzono: { $time }
figure-version = Wersja { $number }
latency = Ile trwa wpis
latency-part = Część
latency-taps = Wpisy
latency-p50 = Połowa
latency-p95 = 95 ze 100
latency-p99 = 99 ze 100
latency-max = Najdłużej
part-reader = Czytnik
part-engine = Tapdesk
part-service = Usługa
part-paint = Ekran
part-whole = Od identyfikatora do wyniku
versions = Wersje
configuration = Ustawienia
key = Ustawienie
value = Wartość
origin = Skąd
origin-default = domyślne
running = Działa od: { $time }
as-of = Stan z { $time }
recorder = Co się ostatnio działo
recorder-from = Do
recorder-kinds = Rodzaje
recorder-newest = Najnowsze
recorder-none = Nic tu nie ma.
happening-acknowledged = Odczyt identyfikatora
happening-verdict = Wynik
happening-reader = Czytnik
happening-link = Połączenie
happening-queue = Kolejka
happening-storage = Pamięć
happening-clock = Zegar
happening-configuration = Ustawienia
happening-began = Uruchomienie
works = Działa
works-not = Nie działa
revised = późniejsza wiadomość
clock-agrees = Zegary się zgadzają
clock-ahead = Usługa spieszy się o { $duration }
clock-behind = Usługa spóźnia się o { $duration }
taken = Przejęto
taken-not = Nie przejęto

audit-unknown = Nie wiadomo, jak się skończyło
audit-done = Wykonano
audit-failed = Nie wykonano
audit-undone = Cofnięto
audit-number = Nr { $number }
audit-none = Nic tu jeszcze nie zrobiono.
audit-record = Rekord { $number }
audit-broken = Dziennik zmieniono: numer { $number } albo wcześniejszy wiersz nie jest taki, jak go zapisano. Powiadom osobę odpowiedzialną za ten kiosk.
undo-ask = Cofnąć to?

keyboard-open = Klawiatura ekranowa
keyboard-hide = Ukryj klawiaturę
keyboard-title = Klawiatura
keyboard-shift = Wielkie litery
keyboard-backspace = Usuń
keyboard-space = Spacja
keyboard-letters = Litery
keyboard-symbols = Cyfry i symbole
keyboard-more = Więcej symboli
