# Completion of paycli for fish 3.2 and newer, made by: paycli completions fish
# It knows every word and option by itself; names of profiles are read from profiles.yaml. It starts no process.

function __paycli_offer
    set -l current (commandline -ct)
    set -l typed (commandline -opc)
    while set -q typed[1]; and not string match -qr '(^|/)paycli(\.exe)?$' -- $typed[1]
        set -e typed[1]
    end
    set -e typed[1]
    set -l at ''
    set -l words (__paycli_words $at)
    set -l count 0
    set -l expects ''
    set -l ended ''
    for word in $typed
        if test -n "$expects"
            set expects ''
        else if test -n "$ended"; or not string match -q -- '-?*' $word
            if not set -q words[1]
                set count (math $count + 1)
            else if string match -q -- $word\t'*' $words
                set at (string trim -- "$at $word")
                set words (__paycli_words $at)
            else
                return
            end
        else if test "$word" = --
            set ended 1
        else if not string match -q -- '*=*' $word; and test (__paycli_value "$at" $word)[1] != switch
            set expects $word
        end
    end
    if test -n "$expects"
        __paycli_values '' "$current" "$at" (__paycli_value "$at" $expects)
    else if test -z "$ended"; and string match -q -- '--*=*' $current
        set -l pair (string split -m 1 = -- $current)
        __paycli_values $pair[1]= "$pair[2]" "$at" (__paycli_value "$at" $pair[1])
    else if test -z "$ended"; and string match -q -- '-*' $current
        __paycli_options "$at"
    else if set -q words[1]
        string collect -- $words
    else
        __paycli_values '' "$current" "$at" (__paycli_argument "$at" $count)
        if test -z "$ended"; and test $count -ge (__paycli_most "$at")
            __paycli_options "$at"
        end
    end
end

# Print what may stand for a value: the option's own beginning, what is typed of it, the command, the kind, words.
function __paycli_values
    set -l words $argv[5..-1]
    switch $argv[4]
        case files
            set words (__fish_complete_path $argv[2])
        case folders
            set words (__fish_complete_directories $argv[2])
        case here
            set words (__paycli_profiles (string split -f 1 ' ' -- $argv[3])) sandbox
        case known
            set words (__paycli_profiles) sandbox-tranzzo sandbox-mobilepay sandbox-tora sandbox-toman sandbox-terapay
        case named
            set words (__paycli_profiles) sandbox sandbox-tranzzo sandbox-mobilepay sandbox-tora sandbox-toman sandbox-terapay
        case filed
            set words (__paycli_profiles)
    end
    set -q words[1]; and printf '%s\n' $argv[1]$words
end

# The words that may follow the command, with what they are for.
function __paycli_words
    switch "$argv"
        case ''
            printf '%s\n' tranzzo\t'Tranzzo: payments, captures, refunds, payouts, transfers, look-ups.' mobilepay\t'MobilePay at the till: payments, captures, refunds, terminals, tokens.' tora\t'Tora: topups, bill payments and e-laiko tickets in Greece.' toman\t'Toman: payments, reports and terminals of payment service providers in Iran.' terapay\t'TeraPay: batches, transfers, wallets, clients, portal users, SMS in Sierra Leone.' profiles\t'Accounts, credentials and where each value comes from.' secrets\t'Credentials in the keyring of the operating system.' operations\t'Every operation that paycli knows, with effect and retry rule.' find\t'Find an order, payment, reference or card mask in all profiles at once.' bulk\t'One command for each row of a CSV file; resumable, never twice.' journal\t'What this machine sent, and what became of it.' api\t'A raw signed request, for what has no command of its own.' sandbox\t'The providers as a local server, to try things out.' doctor\t'Prove the set-up of this machine, and tell what to do about each finding.' completions\t'Scripts that complete words in bash, zsh, fish, PowerShell.' help\t'Exit codes, profiles, output, safety, environment.' demo\t'A walk through the main job against a sandbox of its own.'
        case 'tranzzo'
            printf '%s\n' health\t'Ask whether the host answers at all; needs no credentials.' check\t'Ask whether the credentials and the signing scheme are accepted, by reading an order that cannot exist.' pay\t'Take a payment.' payout\t'Pay money out.' p2p\t'Transfer from card to card.' p2p-credit\t'Credit what an order took to a card.' lookup\t'Verify a card.' split\t'Payments that are divided among sub-merchants.' capture\t'Take money that an order holds, in part or in full.' void\t'Release the money that an order holds, before any of it is captured.' refund\t'Refund an order, in part or in full.' orders\t'Look orders up.' transactions\t'Look through a period.' recurring\t'Subscriptions.' webhooks\t'Webhooks: verify, make, receive, and have them sent again.' bins\t'What is known of a card\'s first digits.' ips\t'What is known of an IP address.' reports\t'Make and fetch reports of a period\'s transactions.' receipts\t'Save receipts.' mvisa-qr\t'QR codes for the mVisa application.' payways\t'Alternative payment methods and the fields that they want.' codes\t'Status codes, and who can do what about each.'
        case 'tranzzo pay'
            printf '%s\n' hosted\t'Create a payment page for an order and print its address.' qr\t'Create a payment that begins with a QR code, and print the code\'s address.' card\t'Charge a card whose data you have.' token\t'Charge a card of which an earlier payment left a token.' privat24\t'Charge a payer through Privat24; the payer confirms it there.' payparts\t'Charge a payer of Privat bank by parts: more than 300 UAH, in 2 to 25 parts.' apple-pay\t'Charge a card in Apple Pay by the token that its button gave.' google-pay\t'Charge a card in Google Pay by the token that its button gave.' mvisa\t'Pay an mVisa code that was scanned, with a card or the token of one.' apm\t'Take a payment by a regional method, checked against the table of methods.'
        case 'tranzzo payout'
            printf '%s\n' apm\t'Pay out by a regional method, checked against the table of methods.' card\t'Pay out to a card by its number.' token\t'Pay out to a card of which an earlier payment left a token.'
        case 'tranzzo p2p'
            printf '%s\n' card\t'Transfer from one card to another, by their numbers.' token\t'Transfer from the card of a token to another one, named by its token or its number.'
        case 'tranzzo p2p-credit'
            printf '%s\n' card\t'Credit what an order took, in part or in full, to a card by its number.' token\t'Credit what an order took, in part or in full, to the card of a token.'
        case 'tranzzo lookup'
            printf '%s\n' card\t'Verify a card whose data you have.' hosted\t'Create a page on which a payer has a card verified, and print its address.'
        case 'tranzzo split'
            printf '%s\n' hosted\t'Create a page for a payment that is divided among sub-merchants, and print its address.' card\t'Charge a card whose data you have, and divide the money among sub-merchants.' capture\t'Take money that a divided order holds, with the share of each sub-merchant.' refund\t'Refund a divided order, with the share of each sub-merchant.'
        case 'tranzzo orders'
            printf '%s\n' show\t'Show everything that happened with an order, and what can still be captured or refunded.' operation\t'Show one operation of an order, by its method.'
        case 'tranzzo transactions'
            printf '%s\n' list\t'List what happened in a period, of all orders, as it arrives.'
        case 'tranzzo recurring'
            printf '%s\n' cancel\t'End a subscription; the payer is not charged for it any more.' refund\t'Refund one payment of a subscription, in part or in full.'
        case 'tranzzo webhooks'
            printf '%s\n' resend\t'Have the webhook of an operation sent once more to the address that its request named.' verify\t'Verify a webhook and print its event; exit 5 says that it is not what the provider signed.' sign\t'Make a signed webhook and print its body, or send it with --to as the provider would.' listen\t'Take webhooks on loopback until Ctrl-C: verify, answer, show, forward.'
        case 'tranzzo bins'
            printf '%s\n' show\t'Show which scheme, country and bank the first digits of a card belong to.'
        case 'tranzzo ips'
            printf '%s\n' show\t'Show where an IP address is.'
        case 'tranzzo reports'
            printf '%s\n' start\t'Ask for a report of a period of at most 31 days; `reports fetch` brings it when it is ready.' fetch\t'Fetch a report that is ready, every row of it, as it arrives.' run\t'Make a report of a period of any length, wait for it, and fetch it.'
        case 'tranzzo receipts'
            printf '%s\n' show\t'Save the receipt of an order as a file.' day\t'Save the receipts of all payments of a day as one zip file.'
        case 'tranzzo mvisa-qr'
            printf '%s\n' create\t'Make a QR code with which a payer pays an amount in the mVisa application.'
        case 'tranzzo payways'
            printf '%s\n' list\t'List every method: its name here, the provider\'s, its currency and direction, and the fields that it wants.' show\t'Show what a method wants, in each direction that it has.'
        case 'tranzzo codes'
            printf '%s\n' list\t'List every status code, with its status, who can do something about it, and what.' show\t'Show what one status code means, and who can do what about it.'
        case 'mobilepay'
            printf '%s\n' payments\t'Start, follow, capture and cancel payments at a till.' refunds\t'Pay captured money back.' terminals\t'Terminals and their points of sale.' pos\t'Points of sale.' stores\t'Look the merchant\'s stores up.' tokens\t'Make and replace the merchant\'s access token.'
        case 'mobilepay payments'
            printf '%s\n' start\t'Start a payment at a terminal and ask the customer for it.' start-by-pos\t'Start a payment at a point of sale and ask the customer for it.' prepare\t'Show a payment to the customer before its amount is known; `payments ready` must follow.' ready\t'Give a prepared payment its amount and ask the customer for it.' show\t'Show everything that is known of a payment; the table for people tells its refunds, too.' list\t'List the ids of active payments (neither captured nor ended), or of captured ones with --state Captured.' status\t'Show where a payment stands; Reserved means that the customer has approved it and it can be captured.' capture\t'Take the money of a Reserved payment, once; a reservation lives seven days.' cancel\t'Cancel a payment that is not captured, and release what it reserved; captured money is refunded.' id-by-state\t'Find the id of a captured payment by your own reference.' id-by-terminal\t'Find the id of a payment by its terminal and your own reference.' id-by-pos\t'Find the id of a payment by its point of sale and your own reference.' clear\t'Cancel the payments that block a till.'
        case 'mobilepay refunds'
            printf '%s\n' create\t'Refund a captured payment, in part or in full: it captures itself after 24 hours.' show\t'Show a refund: Initiated, Reserved, Captured, ExpiredAndCaptured (by itself, after 24 hours) or cancelled.' list\t'List the ids of a payment\'s refunds.' capture\t'Pay a Reserved refund back now, rather than when it captures itself after 24 hours.' cancel\t'Cancel a refund that is not captured; after 24 hours it has captured itself.'
        case 'mobilepay terminals'
            printf '%s\n' qr-code\t'Show the address of the picture that customers scan at a terminal.' show\t'Show the point of sale of a terminal.' create-pos\t'Create the point of sale of a terminal that has none.' delete-pos\t'Delete the point of sale of a terminal; a new one has another id and another code to scan.' check-in\t'Show whether a customer is checked in at a terminal.'
        case 'mobilepay pos'
            printf '%s\n' check-in\t'Show whether a customer is checked in at a point of sale.'
        case 'mobilepay stores'
            printf '%s\n' list\t'List the ids of the merchant\'s stores.' show\t'Show a store.'
        case 'mobilepay tokens'
            printf '%s\n' create\t'Make the merchant\'s access token, where there is none yet.' reset\t'Replace the merchant\'s access token by a new one; the profile\'s present one stops working.'
        case 'tora'
            printf '%s\n' topups\t'Sell prepaid codes: phone credit, vouchers.' bills\t'Look bills up and pay them.' elaiko\t'Sell e-laiko lottery tickets.' reclamations\t'Ask for transactions to be cancelled.' transactions\t'Look sales and payments up.' reports\t'Make reports of a period.'
        case 'tora topups'
            printf '%s\n' create\t'Sell a topup.' capture\t'Complete a topup that was sold with --two-step.' void\t'Give up a topup that was sold with --two-step and not captured.' products\t'List the topups that can be sold, by provider.'
        case 'tora bills'
            printf '%s\n' show\t'Show what may be paid of a bill, and which extra options it wants.' pay\t'Pay a bill; its extra options are checked against the bill first.' capture\t'Complete a bill payment that was made with --two-step.' void\t'Give up a bill payment that was made with --two-step and not captured.'
        case 'tora elaiko'
            printf '%s\n' request\t'Ask for a ticket; the customer\'s mobile gets the password with which `elaiko issue` sells it.' issue\t'Sell the ticket that was asked for, with the password that the customer got.' buy\t'Sell a ticket in one go, with the customer\'s password.'
        case 'tora reclamations'
            printf '%s\n' create\t'Ask for a transaction to be cancelled; --reason tells Tora why.'
        case 'tora transactions'
            printf '%s\n' list\t'List transactions, page by page.' show\t'Show a transaction with its details.'
        case 'tora reports'
            printf '%s\n' start\t'Ask for a report; `reports show` tells when it is made.' show\t'Show how far a report is, and what its file is called.' run\t'Make a report and wait until it is made; its file is named, since how to fetch it is not documented.'
        case 'toman'
            printf '%s\n' login\t'Sign in and keep the token, which is never shown.' refresh\t'Renew the token that was got last; what renewed it is used up and replaced.' payments\t'Look through the payments of terminals.' reports\t'Find reports and download them.' terminals\t'Make terminals known and look them up.' psps\t'Look the payment service providers up.' psp-accounts\t'Look accounts at payment service providers up.' logout\t'Forget the tokens of a profile on this machine.'
        case 'toman payments'
            printf '%s\n' list\t'List payments of all terminals of a type, page by page as they arrive.' show\t'Show a payment, looked for in both lists.'
        case 'toman reports'
            printf '%s\n' list\t'List the reports; with --wait, once none of those shown is being made any more.' download\t'Save a finished report, without --out under its own name in the folder one is in.'
        case 'toman terminals'
            printf '%s\n' create\t'Make a terminal known, so that its payments are fetched from the PSP and reported.' show\t'Show one terminal.'
        case 'toman psps'
            printf '%s\n' list\t'List the payment service providers whose terminals can be reported.' show\t'Show one payment service provider.'
        case 'toman psp-accounts'
            printf '%s\n' list\t'List your accounts at payment service providers.' show\t'Show one account at a payment service provider.'
        case 'terapay'
            printf '%s\n' portal\t'Sign in to the portal.' users\t'Portal users and what they may do.' developers\t'Make developers known.' batches\t'Pay many at once, and follow it.' cards\t'Submit card data.' checkout\t'Let a payer pay on a page.' clients\t'Register, approve and look clients up.' customers\t'Wallet customers.' wallet\t'Top up a wallet, pay and transfer from it, read its statement.' transfers\t'Pay to banks, phones and clients.' permissions\t'Create permissions.' roles\t'Roles and their permissions.' api-keys\t'Issue API keys.' sms\t'Send text messages.' logout\t'Forget the tokens of a profile on this machine.'
        case 'terapay portal'
            printf '%s\n' login\t'Sign in to the portal with the profile\'s portal_password and keep the cookie, which is never shown.' reset-password\t'Set a portal user\'s new password, with the token that was made for it.'
        case 'terapay users'
            printf '%s\n' create\t'Create a portal user.' override-permissions\t'Grant or revoke single permissions of an API user, whatever his role allows.'
        case 'terapay developers'
            printf '%s\n' register\t'Register a developer with a role.'
        case 'terapay batches'
            printf '%s\n' submit\t'Submit a batch of disbursements out of a file.' process\t'Have the items of a batch paid.' show\t'Show a batch and what became of its items.' retry\t'Have items of a batch paid that failed.'
        case 'terapay cards'
            printf '%s\n' submit\t'Submit a card\'s data, asked for unseen or read from standard input.'
        case 'terapay checkout'
            printf '%s\n' create\t'Create a session in which a payer pays an amount; nothing is charged until he does.'
        case 'terapay clients'
            printf '%s\n' register\t'Register a client, which somebody has to approve.' approve\t'Approve a client that registered.' show\t'Show a client.' transactions\t'List the transactions of a client.'
        case 'terapay customers'
            printf '%s\n' register\t'Register a wallet customer with a password of 8 characters or more.' login\t'Sign a wallet customer in and keep the token, which is never shown.'
        case 'terapay wallet'
            printf '%s\n' top-up\t'Credit the wallet of the customer who is signed in.' transfer\t'Transfer from the wallet of the customer who is signed in to another customer\'s.' pay\t'Pay from the wallet of the customer who is signed in, under your own reference.' statement\t'List what went into and out of the wallet of the customer who is signed in; -o csv for a spreadsheet.'
        case 'terapay transfers'
            printf '%s\n' bank\t'Transfer an amount to a bank account.' resend-otp\t'Have the one-time password of a transaction sent again.' mobile\t'Pay to many phones, out of a file.' client-bank\t'Transfer to a client\'s bank account, one entry for each line of a file.' client-mobile\t'Transfer to a client\'s phone, one entry for each line of a file.'
        case 'terapay permissions'
            printf '%s\n' create\t'Create a permission for a method and a route.' import\t'Create the permissions of a file, all in one request.'
        case 'terapay roles'
            printf '%s\n' create\t'Create a role with the permissions that are named.' set-permissions\t'Give a role these permissions and no other.'
        case 'terapay api-keys'
            printf '%s\n' create\t'Issue an API key with its secret, which no later command brings back.'
        case 'terapay sms'
            printf '%s\n' send\t'Send a text message to one phone.' bulk\t'Send one text message to several phones.' send-as\t'Send a text message to one phone, under a sender\'s name.'
        case 'profiles'
            printf '%s\n' list\t'List the profiles; the built-in sandbox ones are not counted.' show\t'Show each value of a profile, where it came from and what it shadows; never a secret.' set\t'Set one field of a profile in profiles.yaml; comments, order and quoting of everything else stay.' use\t'Make a profile the one that its provider\'s commands use when none is named.' remove\t'Remove a profile from profiles.yaml, and its secrets from the keyring.' check\t'Ask the provider harmlessly whether host, credentials and signing scheme of a profile are right.' path\t'Print where profiles.yaml lies.' add\t'Add a profile to profiles.yaml.'
        case 'secrets'
            printf '%s\n' set\t'Store a profile\'s secrets in the keyring, for the hosts that the profile names now.' delete\t'Remove a profile\'s secrets from the keyring.' status\t'Say of every secret where it comes from, since when and for which hosts; never its value.'
        case 'operations'
            printf '%s\n' list\t'List every declared operation: method, path, effect, retry rule, and where the route comes from.' show\t'Show what is declared of one operation.' export-routes\t'Print the routes that a provider\'s document does not name, as lines for a profile of profiles.yaml.'
        case 'bulk'
            printf '%s\n' run\t'Run one command for each row of a CSV file; again, it does only what is not done.' status\t'Show what the journal of this machine knows of each row; asks nobody. Exit 7 or 9 as the run would have.' report\t'Add up at the provider what the rows did, not from our own notes, and say where the two differ (exit 9).'
        case 'journal'
            printf '%s\n' list\t'List what was sent, newest first.' show\t'Show everything that is known of one entry.' resolve\t'Find out what became of what is open: one look each, without waiting. Exit 7 while anything is open.' verify\t'Check that every entry is as it was written and none is missing.' export\t'Print every entry whole, oldest first; one a line unless -o says otherwise.' prune\t'Remove closed entries from before a date; what is open stays.'
        case 'sandbox'
            printf '%s\n' serve\t'Serve the sandbox on loopback until Ctrl-C.' reset\t'Make the running sandbox forget every order.' act\t'Play the customer, the bank, the shop, or the provider\'s own people.' clock\t'Move the sandbox\'s clock forward, for what happens after hours or days.' fault\t'Make the sandbox fail, to see what your script does.'
        case 'sandbox fault'
            printf '%s\n' add\t'Let the next request at a route fail.' list\t'List the faults that still wait for a request, in the order in which they are met.'
        case 'completions'
            printf '%s\n' bash\t'Print the script for bash 3.2 and newer.' zsh\t'Print the script for zsh.' fish\t'Print the script for fish.' powershell\t'Print the script for PowerShell 5.1 and newer.' install\t'Put the script where the shell finds it, and say what is left to do; no other file is changed.'
    end
end

# What follows an option: a kind, and words.
function __paycli_value
    switch "$argv"
        case 'find -p' 'journal list -p' 'doctor -p' 'find --profile' 'journal list --profile' 'doctor --profile'
            printf '%s\n' known
            return
        case 'bulk run -p' 'bulk status -p' 'bulk report -p' 'bulk run --profile' 'bulk status --profile' 'bulk report --profile'
            printf '%s\n' named
            return
        case 'tranzzo transactions list --method' 'terapay wallet statement --type' 'terapay clients register --state'
            printf '%s\n' free
            return
        case 'tora transactions list --status'
            printf '%s\n' words captured canceled
            return
        case 'toman payments list --status'
            printf '%s\n' words success failed
            return
        case 'sandbox serve --data'
            printf '%s\n' folders
            return
        case 'tora reports start --format' 'tora reports run --format'
            printf '%s\n' words csv excel txt pdf
            return
        case 'tranzzo mvisa-qr create --type'
            printf '%s\n' words raw png
            return
        case 'tora transactions list --type'
            printf '%s\n' words BP TOPUP ELAIKO
            return
        case 'terapay clients transactions --type'
            printf '%s\n' words bank mobile
            return
        case 'journal list --state'
            printf '%s\n' words intended sending succeeded pending rejected not-sent unknown
            return
        case 'profiles add --http-method'
            printf '%s\n' words post get
            return
    end
    switch $argv[2]
        case '--*'
        case '-??*'
            printf '%s\n' switch
            return
    end
    switch $argv[2]
        case --version --help --dry-run -v --verbose --yes --again --no-preflight --card-stdin --cryptogram-stdin --wait --cc-token-stdin --wallet-token-stdin --unlisted --recipient-cc-token-stdin --all --require-complete --force --show --save --two-step --show-pin --otp-stdin --remember-me --reset-stdin --generate-api-key --password-stdin --none --offline
            printf '%s\n' switch
        case -p --profile
            printf '%s\n' here
        case -o --output
            printf '%s\n' words table json ndjson csv yaml id
        case --order-3ds-bypass
            printf '%s\n' words always supported never
        case --payload-file --products --browser-fingerprint --cryptogram --wallet-token --event --out --qr-png --overrides --permission-ids-file --input
            printf '%s\n' files
        case --method
            printf '%s\n' words auth purchase
        case --status
            printf '%s\n' words init pending success failure
        case --preflight
            printf '%s\n' words proceed reject
        case --statuses
            printf '%s\n' words success pending failure init
        case --methods
            printf '%s\n' words auth purchase capture void p2p credit lookup refund dispute recurrent
        case --transaction-details
            printf '%s\n' words projectId orderId paymentId amount currency method status dateTime cardMask payway customerFee merchantFee entityName projectName originalAmount exchangeAmount exchangeCurrency exchangeRate tokenizationKind authCode rrnCode description payload paymentSystem recipientCardMask reserveAmount receiverName receiverAmount receiverFee
        case --format
            printf '%s\n' words html pdf
        case --type
            printf '%s\n' words transactions actions
        case --direction
            printf '%s\n' words in out
        case --state
            printf '%s\n' words Captured
        case --payment-state
            printf '%s\n' words Initiated Prepared Paired IssuedToUser Reserved Captured CancelledByUser CancelledByClient CancelledByMobilePay ExpiredAndCancelled RejectedByMobilePayDueToAgeRestrictions
        case --media
            printf '%s\n' folders
        case --odd-or-even
            printf '%s\n' words ODD EVEN
        case --trans-type
            printf '%s\n' words BP TOPUP
        case --terminal-type
            printf '%s\n' words ipg pos
        case --enabled --require-reason --card-data --sign-get --accept-repeats
            printf '%s\n' words true false
        case --client-type
            printf '%s\n' words Individual Company
        case --http-method
            printf '%s\n' words GET POST PUT PATCH DELETE HEAD OPTIONS
        case --provider
            printf '%s\n' words tranzzo mobilepay tora toman terapay
        case --environment
            printf '%s\n' words test live
        case --access
            printf '%s\n' words read write
        case --signing
            printf '%s\n' words hmac-sha1 sha1 plain
        case --first-page
            printf '%s\n' words 0 1
        case --client-auth
            printf '%s\n' words body basic
        case --payments-segment
            printf '%s\n' words name code
        case --as
            printf '%s\n' words succeeded not-sent
        case '*'
            printf '%s\n' free
    end
end

# What an argument may be: a kind, and words.
function __paycli_argument
    switch "$argv"
        case 'toman payments list 0'
            printf '%s\n' words ipg pos
        case 'terapay batches submit 0' 'terapay transfers mobile 0' 'terapay transfers client-bank 1' 'terapay transfers client-mobile 1' 'terapay permissions import 0' 'bulk run 0' 'bulk status 0' 'bulk report 0'
            printf '%s\n' files
        case 'profiles show 0' 'profiles check 0' 'api 0'
            printf '%s\n' known
        case 'profiles set 0' 'profiles use 0' 'profiles remove 0' 'secrets set 0' 'secrets delete 0'
            printf '%s\n' filed
        case 'profiles set 1'
            printf '%s\n' words provider environment access base_url currency confirm_above require_reason card_data late_arrival key_lifetime ca_bundle proxy pos_id signing signing_label sign_get timezone report_url bio_code http_method accept_repeats username terminal_id first_page client_id scopes auth_url client_auth payments_segment portal_username api_key_header api_secret_header timeout.connect timeout.read timeout.settle
        case 'secrets set 1' 'secrets delete 1'
            printf '%s\n' words api_key api_secret endpoints_key access_token password client_secret portal_password portal_cookie wallet_token
        case 'operations export-routes 0' 'sandbox act 0' 'sandbox fault add 0'
            printf '%s\n' words tranzzo mobilepay tora toman terapay
        case 'api 1'
            printf '%s\n' words GET POST PUT PATCH DELETE
        case 'sandbox fault add 2'
            printf '%s\n' words refuse timeout slow drip reset truncate garbage html-502 redirect drop-before-commit drop-after-commit commit-late 401 408 409 429 500 503 pending stale-read twin repeat
        case 'completions install 0'
            printf '%s\n' words bash zsh fish powershell
        case 'help 0'
            printf '%s\n' words exit-codes profiles output safety environment
    end
end

# How many arguments there are at most.
function __paycli_most
    switch "$argv"
        case 'tranzzo health' 'tranzzo check' 'tranzzo transactions list' 'tranzzo webhooks verify' 'tranzzo webhooks sign' 'tranzzo webhooks listen' 'tranzzo reports start' 'tranzzo reports run' 'tranzzo mvisa-qr create' 'tranzzo payways list' 'tranzzo codes list' 'mobilepay payments list' 'mobilepay stores list' 'mobilepay tokens create' 'mobilepay tokens reset' 'tora topups products' 'tora transactions list' 'tora reports start' 'tora reports run' 'toman login' 'toman refresh' 'toman reports list' 'toman terminals create' 'toman psps list' 'toman psp-accounts list' 'toman logout' 'terapay portal login' 'terapay portal reset-password' 'terapay users create' 'terapay developers register' 'terapay cards submit' 'terapay checkout create' 'terapay clients register' 'terapay customers register' 'terapay customers login' 'terapay wallet top-up' 'terapay wallet pay' 'terapay wallet statement' 'terapay permissions create' 'terapay roles create' 'terapay api-keys create' 'terapay sms bulk' 'terapay logout' 'profiles list' 'profiles path' 'secrets status' 'operations list' 'journal list' 'journal verify' 'journal export' 'journal prune' 'sandbox serve' 'sandbox reset' 'sandbox fault list' 'doctor' 'completions bash' 'completions zsh' 'completions fish' 'completions powershell' 'demo'
            echo 0
        case 'tranzzo pay apm' 'tranzzo payout apm' 'tranzzo orders operation' 'tranzzo recurring refund' 'tranzzo webhooks resend' 'mobilepay payments id-by-terminal' 'mobilepay payments id-by-pos' 'terapay transfers client-bank' 'terapay transfers client-mobile' 'secrets set' 'secrets delete'
            echo 2
        case 'terapay batches retry' 'operations show'
            echo 99
        case 'profiles set' 'api' 'sandbox act' 'sandbox fault add'
            echo 3
        case '*'
            echo 1
    end
end

function __paycli_options
    set -l s1 --help\t'Show this message and exit.'
    set -l s2 -p\t'Whose credentials and host; `sandbox` is a local server.' --profile\t'Whose credentials and host; `sandbox` is a local server.'
    set -l s3 -o\t'Form of the output.' --output\t'Form of the output.'
    set -l s4 --query\t'Only what this JMESPath expression finds.'
    set -l s5 --columns\t'Only these fields; points lead inside.'
    set -l s6 --dry-run\t'Print the request as it would be signed; send nothing.' --timeout\t'Time allowed for the whole exchange.'
    set -l s7 -v\t'Say on standard error what is sent; twice: headers and bodies too.' --verbose\t'Say on standard error what is sent; twice: headers and bodies too.'
    set -l s8 --amount\t'Amount in major units, such as 12.50.'
    set -l s9 --currency\t'ISO 4217 code; the profile\'s currency when left out.'
    set -l s10 --description\t'What the payer reads about the payment.' --order-3ds-bypass\t'3-D Secure: always, supported (where the card can), or never. [default: supported]' --result-url\t'Where the payer goes afterwards.' --validation-url\t'Where the provider asks before it takes the money.' --merchant-mcc\t'Merchant category code of this payment (ISO 18245).' --payload\t'Your own data, kept with the payment.' --payload-file\t'The same from a file, sent as its Base64.' --customer-id\t'The payer in your own system.' --customer-fname\t'The payer\'s first name.' --customer-lname\t'The payer\'s last name.' --customer-email\t'The payer\'s e-mail address.' --customer-phone\t'The payer\'s telephone number.' --customer-ip\t'The payer\'s IP address.' --customer-country\t'The payer\'s country.'
    set -l s11 --server-url\t'Where the provider sends its webhook.'
    set -l s12 --products\t'What is paid for: a JSON array of products.'
    set -l s13 --method\t'Take the money at once (purchase), or hold it for a capture (auth). [default: purchase]'
    set -l s14 --customer-lang\t'Language of the checkout page.'
    set -l s15 --yes\t'Do not ask; also stands for the typed amount.' --reason\t'Why, for whoever asks later.' --again\t'Do it although an equal one was done within 24 hours.' --no-preflight\t'Do not look before sending.'
    set -l s16 --request-id\t'Name of this intention: the same id is never done twice.'
    set -l s17 --card-stdin\t'Card data from standard input, a JSON object with number, exp_month, exp_year, cvv; without it you are asked.'
    set -l s18 --browser-fingerprint\t'The payer\'s browser for 3-D Secure 2: a JSON object.'
    set -l s19 --customer-referrer\t'The page from which the payer comes.'
    set -l s20 --wait\t'Ask again until it has come to an end.'
    set -l s21 --wait-timeout\t'Most time to wait, such as 90s or 15m; then exit 8. [default: 10m]'
    set -l s22 --cc-token-stdin\t'Token of the card, from standard input; without it you are asked.' --cc-token\t'Token of the card.'
    set -l s23 --property\t'A further property, repeated.'
    set -l s24 --customer-city\t'The recipient\'s city.' --customer-birthday\t'The recipient\'s date of birth.'
    set -l s25 --payway\t'What the provider calls the unlisted method.' --unlisted\t'Send a method that the table does not have, unchecked.'
    set -l s26 --card-stdin\t'Card data from standard input, a JSON object with number; without it you are asked.'
    set -l s27 --external-fee\t'Your fee, where that was agreed on.'
    set -l s28 --all\t'Everything that is left of it.'
    set -l s29 --description\t'What the recipient reads about it.'
    set -l s30 --comment\t'Note that the provider keeps with the operation.'
    set -l s31 --split\t'The share of a sub-merchant, repeated; the shares add up to the amount.'
    set -l s32 --from\t'Beginning of the period.'
    set -l s33 --to\t'End of the period. [default: now]'
    set -l s34 --limit\t'Most rows to show. [default: 100]' --all\t'Show every row.' --require-complete\t'Exit 11 when there are more rows than were shown.'
    set -l s35 -p\t'Whose secret; `sandbox` has a made-up one.' --profile\t'Whose secret; `sandbox` has a made-up one.'
    set -l s36 --port\t'Port on 127.0.0.1; 0 takes a free one.'
    set -l s37 --statuses\t'Only transactions in this state; may be repeated. One of success, pending, failure, init. [default: all]' --methods\t'Only transactions of this method (auth, purchase, capture, void, p2p, credit, lookup, refund, dispute, recurrent); may be repeated. [default: all]' --transaction-details\t'A field that each row shall have; may be repeated: projectId, orderId, paymentId, amount, currency, method, status, dateTime, cardMask, payway, customerFee, merchantFee, entityName, projectName, originalAmount, exchangeAmount, exchangeCurrency, exchangeRate, tokenizationKind, authCode, rrnCode, description, payload, paymentSystem, recipientCardMask, reserveAmount, receiverName, receiverAmount, receiverFee. [default: those of the provider]'
    set -l s38 --out\t'Where to save it: a file, a folder, or - for standard output.' --force\t'Replace a file that is there already.'
    set -l s39 --format\t'Form of the receipt. [default: pdf]'
    set -l s40 --direction\t'Only payments in, or only payouts.'
    set -l s41 --order-id\t'Your own reference of the payment, at most 36 characters.'
    set -l s42 --payment-state\t'Only a payment in this state. One of Initiated, Prepared, Paired, IssuedToUser, Reserved, Captured, CancelledByUser, CancelledByClient, CancelledByMobilePay, ExpiredAndCancelled, RejectedByMobilePayDueToAgeRestrictions.'
    set -l s43 --show\t'Print what exists only once; it is masked otherwise.' --save\t'Store it in the profile\'s entry of the keyring.'
    set -l s44 --two-step\t'Reserve it; a capture or void must follow.'
    set -l s45 --terminal-id\t'Terminal that asks; the profile\'s when left out.'
    set -l s46 --media\t'Save the answer\'s images in this folder.'
    set -l s47 --mobile\t'The customer\'s mobile, which gets the password.' --ending\t'Last digit of the ticket, 0 to 9.' --thousand\t'Thousand with which the ticket begins, 0 to 80.' --odd-or-even\t'Whether the last digit is odd or even; not with --ending or --thousand.'
    set -l s48 --to\t'End of the period.'
    set -l s49 --mid\t'Only this merchant\'s.' --terminal-id\t'Only this terminal\'s.' --cancel-from\t'Canceled from then on.' --cancel-to\t'Canceled until then.'
    set -l s50 --status\t'Only these.'
    set -l s51 --type\t'What the report lists. [default: transactions]' --trans-type\t'Bill payments or topups only; reports of tickets are not documented.' --format\t'Form of the file. [default: csv]'
    set -l s52 --total\t'What the amounts must make together; else nothing is sent.'
    set -l s53 --email\t'E-mail address of the customer.' --password-stdin\t'Password of the customer, from standard input; without it you are asked.'
    set -l s54 --amount\t'Amount in major units, such as 12.50; of the profile\'s currency.'
    set -l s55 --description\t'Text of the wallet\'s entry. [default: a mark by which a lost answer is found again]'
    set -l s56 --permission-ids\t'Identifier of a permission; repeat it for several.' --permission-ids-file\t'JSON array of identifiers of permissions; - is standard input.'
    set -l s57 --message\t'Text of the message.'
    set -l s58 --yes\t'Do not ask.'
    set -l s59 --command\t'What is run for each row, such as "tranzzo refund".' -p\t'Whose credentials and host.' --profile\t'Whose credentials and host.'
    switch "$argv"
        case ''
            printf '%s\n' $s1 --version\t'Print the version.'
        case 'tranzzo' 'tranzzo pay' 'tranzzo payout' 'tranzzo p2p' 'tranzzo p2p-credit' 'tranzzo lookup' 'tranzzo split' 'tranzzo orders' 'tranzzo transactions' 'tranzzo recurring' 'tranzzo webhooks' 'tranzzo bins' 'tranzzo ips' 'tranzzo reports' 'tranzzo receipts' 'tranzzo mvisa-qr' 'tranzzo payways' 'tranzzo codes' 'mobilepay' 'mobilepay payments' 'mobilepay refunds' 'mobilepay terminals' 'mobilepay pos' 'mobilepay stores' 'mobilepay tokens' 'tora' 'tora topups' 'tora bills' 'tora elaiko' 'tora reclamations' 'tora transactions' 'tora reports' 'toman' 'toman payments' 'toman reports' 'toman terminals' 'toman psps' 'toman psp-accounts' 'terapay' 'terapay portal' 'terapay users' 'terapay developers' 'terapay batches' 'terapay cards' 'terapay checkout' 'terapay clients' 'terapay customers' 'terapay wallet' 'terapay transfers' 'terapay permissions' 'terapay roles' 'terapay api-keys' 'terapay sms' 'profiles' 'profiles set' 'profiles use' 'profiles path' 'secrets' 'secrets set' 'operations' 'operations export-routes' 'bulk' 'journal' 'journal verify' 'sandbox' 'sandbox reset' 'sandbox act' 'sandbox clock' 'sandbox fault' 'sandbox fault list' 'completions' 'completions bash' 'completions zsh' 'completions fish' 'completions powershell' 'help' 'demo'
            printf '%s\n' $s1
        case 'tranzzo health' 'tranzzo check' 'tranzzo orders show' 'tranzzo orders operation' 'tranzzo bins show' 'tranzzo ips show' 'tranzzo reports fetch' 'mobilepay payments show' 'mobilepay payments status' 'mobilepay refunds show' 'mobilepay terminals qr-code' 'mobilepay terminals show' 'mobilepay terminals check-in' 'mobilepay pos check-in' 'mobilepay stores show' 'tora transactions show' 'tora reports show' 'toman refresh' 'toman payments show' 'toman terminals show' 'toman psps show' 'toman psp-accounts show' 'terapay batches show' 'terapay clients show'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7
        case 'tranzzo pay hosted'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s16 --equivalent-amount\t'About how much it is in another currency, for the payer to see.' --equivalent-currency\t'That other currency.' --payway\t'Offer one way to pay only, such as applepay.'
        case 'tranzzo pay qr'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s16
        case 'tranzzo pay card'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s15 $s16 $s17 $s18 $s19 $s20 $s21 --cryptogram-stdin\t'Of a decrypted wallet token, from standard input: a JSON object with type, cryptogram, eci.' --cryptogram\t'Of a decrypted wallet token: a JSON file with type, cryptogram, eci.'
        case 'tranzzo pay token'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s15 $s16 $s18 $s19 $s20 $s21 $s22
        case 'tranzzo pay privat24'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s15 $s16 $s20 $s21
        case 'tranzzo pay payparts'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s15 $s16 $s20 $s21 $s23 --parts-count\t'Into how many parts: 2 to 25.'
        case 'tranzzo pay apple-pay'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s15 $s16 $s18 $s19 $s20 $s21 --wallet-token-stdin\t'Token of Apple Pay from standard input; without it you are asked.' --wallet-token\t'File with the token that Apple Pay gave.'
        case 'tranzzo pay google-pay'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s15 $s16 $s18 $s19 $s20 $s21 --wallet-token-stdin\t'Token of Google Pay from standard input; without it you are asked.' --wallet-token\t'File with the token that Google Pay gave.'
        case 'tranzzo pay mvisa'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s15 $s16 $s17 $s18 $s19 $s20 $s21 $s22 $s23 --mvisa-qr\t'The code that the payer scanned, as text.'
        case 'tranzzo pay apm' 'tranzzo payout apm'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s15 $s16 $s20 $s21 $s23 $s24 $s25
        case 'tranzzo payout card'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s15 $s16 $s20 $s21 $s23 $s24 $s26
        case 'tranzzo payout token'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s15 $s16 $s20 $s21 $s22 $s23 $s24
        case 'tranzzo p2p card'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s15 $s16 $s18 $s20 $s21 $s27 --card-stdin\t'Card data from standard input, a JSON object with number, exp_month, exp_year, cvv, recipient_number; without it you are asked.'
        case 'tranzzo p2p token'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s15 $s16 $s18 $s20 $s21 $s22 $s27 --recipient-cc-token-stdin\t'Token of the recipient\'s card, from standard input; without it you are asked.' --recipient-cc-token\t'Token of the recipient\'s card.' --card-stdin\t'Card data from standard input, a JSON object with recipient_number; without it you are asked.'
        case 'tranzzo p2p-credit card'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s11 $s15 $s16 $s20 $s21 $s26 $s28 $s29 $s30
        case 'tranzzo p2p-credit token'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s11 $s15 $s16 $s20 $s21 $s22 $s28 $s29 $s30
        case 'tranzzo lookup card'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s15 $s16 $s17 $s20 $s21
        case 'tranzzo lookup hosted'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s15 $s16
        case 'tranzzo split hosted'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s14 $s15 $s16 $s31
        case 'tranzzo split card'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s15 $s16 $s17 $s18 $s20 $s21 $s31
        case 'tranzzo split capture' 'tranzzo split refund'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s11 $s15 $s16 $s20 $s21 $s30 $s31
        case 'tranzzo capture' 'tranzzo refund'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s11 $s15 $s16 $s20 $s21 $s28 $s30
        case 'tranzzo void'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s9 $s11 $s15 $s16 $s20 $s21 $s30
        case 'tranzzo transactions list'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s32 $s33 $s34 --method\t'Only rows of this method, such as refund; may be repeated.' --status\t'Only rows in this state; may be repeated. One of init, pending, success, failure.'
        case 'tranzzo recurring cancel' 'tranzzo webhooks resend' 'tora reclamations create' 'terapay transfers resend-otp' 'terapay permissions import'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16
        case 'tranzzo recurring refund'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s11 $s15 $s16 $s28 $s30
        case 'tranzzo webhooks verify'
            printf '%s\n' $s1 $s3 $s4 $s5 $s35 --data\t'The data field, as it came.' --signature\t'The signature field, as it came.'
        case 'tranzzo webhooks sign'
            printf '%s\n' $s1 $s35 --event\t'A JSON file, - for standard input, or a sample.' --to\t'Send it there.' --order-id\t'The order of a sample.'
        case 'tranzzo webhooks listen'
            printf '%s\n' $s1 $s3 $s5 $s35 $s36 --forward-to\t'Hand genuine ones on, byte by byte.' --preflight\t'How to answer the question before a payment.'
        case 'tranzzo reports start'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s32 $s37 --to\t'End of the period, at most 31 days later. [default: now]'
        case 'tranzzo reports run'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s21 $s32 $s33 $s37 $s38
        case 'tranzzo receipts show' 'tranzzo receipts day'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s38 $s39
        case 'tranzzo mvisa-qr create'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s15 $s16 $s26 $s38 --type\t'Text of the code, or an image of it. [default: raw]' --mcc\t'Merchant category code (ISO 18245).' --merchant-name\t'Name of the merchant.' --merchant-city\t'City of the merchant.' --country-code\t'Country of the merchant, such as UA.' --qr-png\t'Save the QR code as an image.'
        case 'tranzzo payways list' 'tranzzo payways show'
            printf '%s\n' $s1 $s3 $s4 $s5 $s40
        case 'tranzzo codes list' 'tranzzo codes show' 'profiles list' 'profiles show' 'profiles check' 'secrets status' 'operations show'
            printf '%s\n' $s1 $s3 $s4 $s5
        case 'mobilepay payments start' 'mobilepay payments start-by-pos'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s15 $s16 $s20 $s21 $s41
        case 'mobilepay payments prepare'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s41
        case 'mobilepay payments ready'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s15 $s16 $s20 $s21 $s41 --terminal-id\t'The terminal\'s number at Integra.'
        case 'mobilepay payments list'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s34 --order-id\t'Only payments with this reference of yours.' --terminal-id\t'Only payments of this terminal.' --state\t'Captured payments instead of active ones.'
        case 'mobilepay payments capture'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s15 $s16 $s20 $s21
        case 'mobilepay payments cancel' 'mobilepay refunds capture' 'mobilepay refunds cancel' 'mobilepay terminals create-pos' 'mobilepay terminals delete-pos' 'terapay batches process' 'terapay batches retry' 'terapay clients approve'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s20 $s21
        case 'mobilepay payments id-by-state'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 --state\t'The payment\'s state; only captured ones are found. [default: Captured]'
        case 'mobilepay payments id-by-terminal' 'mobilepay payments id-by-pos'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s42
        case 'mobilepay payments clear'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15
        case 'mobilepay refunds create'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s15 $s16 --refund-order-id\t'Your own reference of the refund, at most 36 characters; left out, the journal\'s id is sent.'
        case 'mobilepay refunds list' 'mobilepay stores list' 'toman psps list' 'toman psp-accounts list'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s34
        case 'mobilepay tokens create' 'mobilepay tokens reset'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s43
        case 'tora topups create'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s44 $s45 --reference\t'Your own reference, such as an order number; what was sold under it is not sold again by a slip.' --paysafecard-shop-id\t'Shop that sells a paysafecard.' --paysafecard-terminal-id\t'Terminal that sells it.' --show-pin\t'Print what exists only once; it is masked otherwise.'
        case 'tora topups capture' 'tora topups void' 'tora bills capture' 'tora bills void'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s20 $s21 $s45
        case 'tora topups products'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s46
        case 'tora bills show'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s45
        case 'tora bills pay'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s44 $s45 $s46 --product-code\t'Whose bill it is, as `bills show` says.' --amount\t'Amount in euros, with its point: 12.50.' --phone\t'The payer\'s telephone number.' --reference\t'Your own reference.' --option\t'What else the bill wants, as `bills show` says; repeat it.'
        case 'tora elaiko request'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s45 $s47
        case 'tora elaiko issue'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 --otp-stdin\t'One-time password from the customer\'s mobile, from standard input; without it you are asked.'
        case 'tora elaiko buy'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s45 $s47
        case 'tora transactions list'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s32 $s34 $s48 $s49 $s50 --type\t'Bill payments, topups or tickets only.' --reference\t'Only with this reference of yours.'
        case 'tora reports start'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s32 $s48 $s49 $s51
        case 'tora reports run'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s21 $s32 $s38 $s48 $s49 $s51
        case 'toman login'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 --scope\t'A right to ask for; repeat it for several. [default: the profile\'s scopes, else all that the commands here need]'
        case 'toman payments list'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s32 $s34 $s48 $s50 --terminal-number\t'Only this terminal\'s.' --card-mask\t'Only payments with such a card.' --amount\t'Only of exactly so many rials.'
        case 'toman reports list'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s20 $s21 $s34
        case 'toman reports download'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s38
        case 'toman terminals create'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 --terminal-type\t'Internet gateway or point of sale.' --psp-account-uuid\t'Your account at the PSP: paycli toman psp-accounts list.' --terminal-number\t'Number of the terminal at the PSP.' --acceptor-code\t'The merchant\'s acceptor code at the PSP.' --start-fetch-time\t'From when on its payments are fetched.' --enabled\t'Whether it is in use. [default: true]' --description\t'A note about it.'
        case 'toman logout' 'terapay logout'
            printf '%s\n' $s1 $s2 $s7
        case 'terapay portal login'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 --username\t'E-mail address to sign in with. [default: the profile\'s portal_username]' --remember-me\t'Ask for a cookie that outlasts a browser\'s session.'
        case 'terapay portal reset-password'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 --email\t'E-mail address of the portal user.' --reset-stdin\t'The token and the password, from standard input: a JSON object with token, new_password; else you are asked.'
        case 'terapay users create'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s43 --user-name\t'Name to sign in with.' --email\t'E-mail address of the user.' --roles\t'Role of the user; repeat it for several.' --generate-api-key\t'Also issue an API key and its secret.'
        case 'terapay users override-permissions'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 --grant\t'Permission to grant; repeat it for several.' --revoke\t'Permission to revoke; repeat it for several.' --overrides\t'JSON object of permissions with true (grant) or false (revoke); - is standard input.'
        case 'terapay developers register'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 --developer-name\t'Name of the developer.' --developer-email\t'E-mail address of the developer.' --developer-phone-number\t'Phone number with its country code.' --role-id\t'Identifier of the role.'
        case 'terapay batches submit'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s52 --batch-name\t'Name of the batch, for people.'
        case 'terapay cards submit'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s17
        case 'terapay checkout create'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s15 $s16 --return-url\t'Where the payer goes afterwards.'
        case 'terapay clients register'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 --name\t'Name of the client.' --client-type\t'What kind of client.' --contact-person\t'Who is to be asked for.' --phone-number\t'Phone number with its country code.' --email-address\t'E-mail address.' --address\t'Street and number.' --city\t'City of the address.' --state\t'State or province of the address.' --country\t'Country of the address.'
        case 'terapay clients transactions'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s34 --type\t'Only transactions of this channel; both when left out.'
        case 'terapay customers register'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s53 --full-name\t'Name of the customer.'
        case 'terapay customers login'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s53
        case 'terapay wallet top-up' 'terapay wallet transfer'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s20 $s21 $s54 $s55
        case 'terapay wallet pay'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s20 $s21 $s54 $s55 --external-reference\t'Your own reference, such as an invoice\'s number.'
        case 'terapay wallet statement'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s34 --from\t'First day of the period.' --to\t'Last day of the period.' --type\t'Only entries of this type, such as credit.'
        case 'terapay transfers bank'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s54 --narration\t'Text of the transaction.'
        case 'terapay transfers mobile'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s52
        case 'terapay transfers client-bank'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s52 --account-number\t'Account of the client, for all entries.'
        case 'terapay transfers client-mobile'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s52 --phone-number\t'Phone of the beneficiary, with the country code.'
        case 'terapay permissions create'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 --name\t'Name that no other permission has.' --http-method\t'HTTP method that it covers. One of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS.' --route-pattern\t'Route that it covers.'
        case 'terapay roles create'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s56 --name\t'Name of the role.'
        case 'terapay roles set-permissions'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s56 --none\t'Leave the role without any permission.'
        case 'terapay api-keys create'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s43 --description\t'What the key is for; it is not stored.'
        case 'terapay sms send'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s57
        case 'terapay sms bulk'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s57 --phone-numbers\t'Recipient with the country code; repeat it for several.'
        case 'terapay sms send-as'
            printf '%s\n' $s1 $s2 $s3 $s4 $s5 $s6 $s7 $s15 $s16 $s57 --sender-id\t'Name under which it arrives.'
        case 'profiles remove' 'secrets delete'
            printf '%s\n' $s1 $s58
        case 'profiles add'
            printf '%s\n' $s1 --provider\t'Which provider the profile is for.' --environment\t'test or live.' --access\t'write, or read only; a live profile that does not say write can only read.' --base-url\t'The provider\'s host, when it is not the usual one.' --currency\t'Currency of amounts that are typed without one.' --confirm-above\t'Amount above which a live change asks for the amount to be typed.' --require-reason\t'Whether every change needs --reason.' --card-data\t'Whether commands with card data may run on a live profile.' --late-arrival\t'How long after sending a change may still arrive.' --key-lifetime\t'How long the provider knows an idempotency key.' --ca-bundle\t'File of certificate authorities to trust instead of the usual ones.' --proxy\t'Address of an HTTP proxy.' --pos-id\t'Identifier of the point of sale (a UUID).' --signing\t'How requests are signed.' --signing-label\t'Name of the signing scheme in the header; sources differ about hmac-sha1\'s.' --sign-get\t'Sign reads too (over the empty body); false sends them plain.' --timezone\t'Zone of the provider\'s timestamps, which carry none.' --report-url\t'Host of the report service.' --bio-code\t'Code that names the merchant at Integra.' --http-method\t'How what has both is sent: post keeps the token out of addresses, get does not.' --accept-repeats\t'Whether a live profile may send changes by GET, which networks between may repeat.' --username\t'User to whom Tora gave the API.' --terminal-id\t'Terminal that asks, where a command names no other.' --first-page\t'Number of a list\'s first page, which the document does not say.' --client-id\t'Identifier of the OAuth client.' --scopes\t'Rights to sign in for, apart by spaces; left out: those that each command needs.' --auth-url\t'Host that gives tokens, without the path.' --client-auth\t'Where the client\'s credentials go at sign-in: into the body, or into a Basic header.' --payments-segment\t'How the path of payments calls the terminal type: by name (ipg, pos) or by code (0, 1); sources differ.' --portal-username\t'E-mail address with which `portal login` signs in.' --api-key-header\t'Header that carries the key; its name is not documented.' --api-secret-header\t'Header that carries the secret; its name is not documented.'
        case 'operations list'
            printf '%s\n' $s1 $s3 $s4 $s5 --provider\t'Only this provider\'s.'
        case 'find'
            printf '%s\n' $s1 $s3 $s4 $s5 $s7 -p\t'Only this profile; may be repeated. `sandbox` is all local ones.' --profile\t'Only this profile; may be repeated. `sandbox` is all local ones.' --provider\t'Only this provider\'s profiles; may be repeated.' --since\t'How far back lists are looked through: a date, a time, -90d.' --timeout\t'Time that each profile has.'
        case 'bulk run'
            printf '%s\n' $s1 $s3 $s4 $s5 $s59 --concurrency\t'Rows under way at the same time.' --rate\t'Most requests a second, of all rows together.' --dry-run\t'Check the file and show the plan; send nothing.' --yes\t'Do not ask; also stands for the typed total.' --reason\t'Why, for rows that have no reason of their own.' --timeout\t'Time allowed for one exchange.' --limit\t'Of a list that is looked up, most rows each.' -v\t'Say what is sent; twice: bodies too.' --verbose\t'Say what is sent; twice: bodies too.'
        case 'bulk status'
            printf '%s\n' $s1 $s3 $s4 $s5 $s59
        case 'bulk report'
            printf '%s\n' $s1 $s3 $s4 $s5 $s59 --concurrency\t'Looks under way at the same time.'
        case 'journal list'
            printf '%s\n' $s1 $s3 $s4 $s5 --state\t'Only entries in this state.' -p\t'Only this profile\'s.' --profile\t'Only this profile\'s.' --since\t'Only from then on: a date, a time, -7d.' --limit\t'Most entries to show.' --all\t'Show every entry.'
        case 'journal show' 'journal export'
            printf '%s\n' $s1 $s3 $s4
        case 'journal resolve'
            printf '%s\n' $s1 $s3 $s4 --as\t'Close it by your word.' --reason\t'How you know.'
        case 'journal prune'
            printf '%s\n' $s1 --before\t'Entries from before then.'
        case 'api'
            printf '%s\n' $s1 $s3 $s4 $s5 $s6 $s7 $s15 $s16 -f\t'A field of the body, or of the query of a GET: text, or with k:=v any JSON value.' --field\t'A field of the body, or of the query of a GET: text, or with k:=v any JSON value.' --input\t'The body as it is; - for standard input.'
        case 'sandbox serve'
            printf '%s\n' $s1 $s36 --data\t'Keep what happens in this directory, for the next start.'
        case 'sandbox fault add'
            printf '%s\n' $s1 --times\t'How often.' --after\t'How many requests it lets through first.'
        case 'doctor'
            printf '%s\n' $s1 $s3 $s4 $s5 -p\t'Only this profile; a built-in one, too.' --profile\t'Only this profile; a built-in one, too.' --offline\t'Reach no host.'
        case 'completions install'
            printf '%s\n' $s1 --force\t'Replace a file that paycli did not make.'
    end
end

# Names in profiles.yaml, as far as it is written in lines: all, or those for a provider.
function __paycli_profiles
    set -l file $HOME/.config
    if string match -q '/*' -- "$XDG_CONFIG_HOME"
        set file $XDG_CONFIG_HOME
    else if test -d /System/Library/CoreServices
        set file "$HOME/Library/Application Support"
    end
    set file $file/paycli/profiles.yaml
    test -n "$PAYCLI_CONFIG_DIR"; and set file $PAYCLI_CONFIG_DIR/profiles.yaml
    test -f $file; and test -r $file; or return
    set -l quote "[\"']?"
    set -l inside ''
    set -l step ''
    set -l name ''
    set -l of ''
    while read -l line; or test -n "$line"
        set line (string trim -r -c \r -- $line)
        string match -qr '^ *(#|$)' -- $line; and continue
        if not string match -q ' *' -- $line
            string match -qr "^\x{feff}?$quote""profiles$quote *:" -- $line; and set inside 1; or set inside ''
            continue
        end
        test -n "$inside"; or continue
        set line (string replace -r ' #.*' '' -- $line)
        set -l entry (string match -r "^( +)$quote([^\"': ]+)$quote *:( |\$)" -- $line)
        if set -q entry[1]; and begin
                test -z "$step"; or test "$entry[2]" = "$step"
            end
            __paycli_named "$argv[1]" "$of" $name
            set step $entry[2]
            set name $entry[3]
            set of ''
        end
        set -l owner (string match -r "(^|[{, ])$quote""provider$quote *: *$quote([a-z0-9-]+)" -- $line)
        test -z "$of"; and set -q owner[1]; and set of $owner[3]
    end <$file
    __paycli_named "$argv[1]" "$of" $name
end

function __paycli_named
    if test -z "$argv[1]"; or test -z "$argv[2]"; or test "$argv[1]" = "$argv[2]"
        string match -r '^[a-z0-9][a-z0-9.-]*$' -- $argv[3]
    end
end

complete -c paycli -f -a '(__paycli_offer)'
