# Polski: słowa konfiguracji. Krótki tryb rozkazujący, jak w kiosku.

title = Konfiguracja tego urządzenia
step-of = Krok { $place } z { $all }
step-language = Język
step-sign-in = Logowanie
step-location = Lokalizacja
step-rights = Uprawnienia
step-reader = Czytnik
step-policy = Prywatność i awarie
step-staff-pin = PIN obsługi
step-test-tap = Próba
step-summary = Podsumowanie

lead-language = Wybierz język tego urządzenia. Członkowie mogą przełączyć na swój.
lead-sign-in = Zaloguj się na konto, którego to urządzenie będzie używać w { $service }.
lead-location = Wybierz lokalizację, w której stoi to urządzenie.
lead-rights = Sprawdź, czy konto ma role potrzebne urządzeniu.
lead-reader = Wybierz czytnik, a potem przyłóż dowolny identyfikator.
lead-policy = Wybierz, co mogą zobaczyć inni i co się dzieje bez połączenia.
lead-staff-pin = PIN chroni tę konfigurację przed członkami, którzy trafią na tablet.
lead-test-tap = Przyłóż do czytnika identyfikator członka. Nic nie zostanie zapisane.
lead-summary = Przejrzyj wszystko jeszcze raz. Nic nie zostanie zachowane przed zakończeniem.

missing-sign-in = Zaloguj się, aby przejść dalej.
missing-location = Wybierz lokalizację, aby przejść dalej.
missing-staff-pin = Wybierz PIN, aby przejść dalej.
missing-summary = Czegoś jeszcze brakuje.

back = Wstecz
next = Dalej
finish = Zakończ
leave = Wyjdź z konfiguracji
leave-ask = Wyjść? Zmiany wprowadzone tutaj zostaną zapomniane.
leave-yes = Wyjdź
leave-no = Zostań
one-moment = Chwileczkę

problem-sign-in-refused = E-mail, hasło lub kod jest nieprawidłowy.
todo-sign-in-refused = Sprawdź e-mail i wpisz hasło jeszcze raz. Jeśli konto używa kodu, wpisz też kod.
problem-code-needed = To konto wymaga także kodu.
todo-code-needed = Wpisz jeszcze raz hasło oraz sześć cyfr z aplikacji uwierzytelniającej.
problem-no-api = To konto nie może korzystać z API usługi.
todo-no-api = Poproś administratora o włączenie „API access” dla użytkownika albo użyj innego konta.
problem-account-inactive = To konto nie jest aktywne.
todo-account-inactive = Poproś administratora o jego aktywację albo użyj innego konta.
problem-must-reset-password = Dla tego konta trzeba najpierw ustawić nowe hasło.
todo-must-reset-password = Otwórz { $service } w przeglądarce, ustaw nowe hasło, a potem zaloguj się tutaj.
problem-unreachable = Nie ma połączenia z { $service }.
todo-unreachable = Sprawdź kabel sieciowy lub Wi-Fi i spróbuj ponownie.
problem-gateway = Usługa nie odpowiedziała tak, jak powinna.
todo-gateway = Jeśli ta sieć wymaga logowania na stronie internetowej, zrób to najpierw. W innym razie odczekaj kilka minut i spróbuj ponownie.
problem-throttled = Usługa otrzymuje teraz zbyt wiele zapytań.
todo-throttled = Odczekaj minutę i spróbuj ponownie.
problem-not-permitted = Konto nie ma potrzebnej roli.
todo-not-permitted = Poproś o dodanie ról wymienionych w kroku „Uprawnienia” i spróbuj ponownie.
todo-taps-wait = Zachowaj tę lokalizację do czasu zapisania, a potem ją zmień.
problem-pins-differ = Oba kody PIN nie są takie same.
todo-pins-differ = Wpisz PIN, a potem ten sam jeszcze raz.
weak-too-short = Ten PIN jest za krótki.
weak-too-long = Ten PIN jest za długi.
weak-not-digits = PIN składa się tylko z cyfr.
weak-too-simple = Ten PIN zbyt łatwo odgadnąć.
todo-weak = Użyj od 6 do 12 cyfr, bez ciągów takich jak 123456 i bez powtarzania jednej cyfry.
problem-key-store = Na tym urządzeniu nie można teraz przechować tajnych danych.
todo-key-store = Odblokuj magazyn kluczy lub poproś o pomoc dział IT i spróbuj ponownie.
problem-configuration = Nie można zapisać ustawień. Nic nie zmieniono.
todo-configuration = Poproś dział IT, aby Tapdesk mógł zapisywać swoje ustawienia, i spróbuj ponownie.
problem-failed = To się nie udało.
todo-failed = Spróbuj ponownie.

sign-in-email = Adres e-mail
sign-in-password = Hasło
sign-in-show-password = Pokaż hasło
sign-in-code = Sześciocyfrowy kod
sign-in-code-hint = Z aplikacji uwierzytelniającej
sign-in-keeps = Hasło nie jest przechowywane.
signed-in-as = Zalogowano jako { $email }
signed-in = Zalogowano
signed-in-kept = Od ostatniej konfiguracji
sign-in-again = Zaloguj się ponownie
sign-in-other = Użyj innego konta

location-looking = Szukanie lokalizacji
location-none = To konto nie widzi żadnej lokalizacji. Poproś administratora o jej przypisanie albo użyj innego konta.
location-waiting = { $count ->
    [one] { $shown } wpis z poprzedniej lokalizacji wciąż czeka.
    [few] { $shown } wpisy z poprzedniej lokalizacji wciąż czekają.
    [many] { $shown } wpisów z poprzedniej lokalizacji wciąż czeka.
   *[other] { $shown } wpisu z poprzedniej lokalizacji wciąż czeka.
}

rights-needed = Potrzebne
rights-nice = Przydatne
right-held = Jest
right-lacking = Brak
right-unknown = Nie sprawdzono
rights-lacking = Brakuje potrzebnej roli. Można przejść dalej, ale rejestracja wejść nie będzie działać, dopóki konto jej nie dostanie.
rights-administrator = To konto pełnego administratora, czyli więcej, niż potrzeba. Bezpieczniejsze jest konto tylko z tymi rolami.
rights-not-looked = Ról jeszcze nie sprawdzono.
rights-look = Sprawdź ponownie
rights-try = Wypróbuj role do zapisu
rights-try-explained = Zostaną wysłane trzy puste żądania, których usługa nie przyjmie: nic nie zostanie zapisane.
rights-list = Wszystko, co potrzebne, do skopiowania
rights-copy = Kopiuj listę
rights-copied = Skopiowano
rights-selected = Zaznaczono: teraz skopiuj

reader-first-usb = Pierwszy czytnik USB
reader-other = Inne połączenie
reader-other-hint = Na przykład pn532_uart:/dev/ttyUSB0:115200
reader-other-use = Użyj
reader-starting = Czytnik się uruchamia
reader-up = Czytnik jest gotowy
reader-down = Czytnik nie działa
reader-hold = Przyłóż dowolny identyfikator do czytnika
reader-read = Odczytano: { $tile }
reader-random = Odczytano, ale to był telefon lub karta, która zmienia numer. Członkowie potrzebują własnego identyfikatora.
reader-count = { $count ->
    [one] Odczytano { $shown } raz
    [few] Odczytano { $shown } razy
    [many] Odczytano { $shown } razy
   *[other] Odczytano { $shown } razy
}

names-title = Imiona na ekranie
names-first = Imię
names-first-means = Osoby w pobliżu przeczytają tylko imię.
names-full = Imię i nazwisko
names-full-means = Osoby w pobliżu przeczytają imię i nazwisko.
names-none = Bez imienia
names-none-means = Ekran wita wszystkich bez imienia.
offline-title = Bez połączenia
offline-known = Zachowaj znane identyfikatory
offline-known-means = Znani członkowie zostaną zapisani później; pozostali idą do recepcji.
offline-all = Zachowaj wszystko
offline-all-means = Wszyscy zostaną zapisani później; identyfikatory, których nikt nie zna, wyjaśni obsługa.
offline-none = Nie zachowuj niczego
offline-none-means = Nikt nie zarejestruje wejścia, dopóki połączenie nie wróci.

staff-pin-first = Wpisz PIN od 6 do 12 cyfr
staff-pin-again = Wpisz go jeszcze raz
staff-pin-typed = { $count ->
    [one] { $shown } cyfra
    [few] { $shown } cyfry
    [many] { $shown } cyfr
   *[other] { $shown } cyfry
}
staff-pin-backspace = Usuń ostatnią cyfrę
staff-pin-enter = Zatwierdź
staff-pin-missing = Jeszcze bez PIN-u
staff-pin-kept = Obsługa ma PIN
staff-pin-new = Ustawiono nowy PIN
staff-pin-keep = Zachowaj PIN
staff-pin-other = Wybierz inny

test-wait = Czekam na identyfikator
test-looking = Wyszukiwanie
test-member-in = Wejście zostałoby zapisane: { $name }
test-member-out = Wyjście zostałoby zapisane: { $name }
test-a-member-in = Wejście tej osoby zostałoby zapisane
test-a-member-out = Wyjście tej osoby zostałoby zapisane
test-inactive = Konto tej osoby nie jest aktywne: zostałaby skierowana do recepcji.
test-unknown = Nikt nie ma tego identyfikatora.
test-ambiguous = Ten identyfikator ma więcej niż jedna osoba.
test-unusable = To telefon lub karta, która zmienia numer: nie może być identyfikatorem.
test-trouble = Nie udało się zapytać usługi.
tile = Identyfikator { $tile }

summary-change = Zmień
summary-rights-all = Ma wszystko, co potrzebne
summary-rights-lacking = { $count ->
    [one] Brakuje { $shown } potrzebnej roli
    [few] Brakuje { $shown } potrzebnych ról
    [many] Brakuje { $shown } potrzebnych ról
   *[other] Brakuje { $shown } potrzebnej roli
}
summary-rights-unknown = Nie wszystkie sprawdzono
summary-nothing = Nic nie wybrano
summary-tried = Wypróbowano z identyfikatorem
summary-not-tried = Nie wypróbowano
summary-overridden = Ustawione przez środowisko, które ma pierwszeństwo: { $keys }

keyboard-open = Klawiatura ekranowa
keyboard-hide = Ukryj klawiaturę
keyboard-title = Klawiatura
keyboard-shift = Wielkie litery
keyboard-backspace = Usuń
keyboard-space = Spacja
keyboard-letters = Litery
keyboard-symbols = Cyfry i symbole
keyboard-more = Więcej symboli
