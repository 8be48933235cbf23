# Completion of paycli for PowerShell 5.1 and newer, made by: paycli completions powershell
# It knows every word and option by itself; names of profiles are read from profiles.yaml. It starts no process.
# Files are completed by PowerShell itself, wherever this offers nothing.

Register-ArgumentCompleter -Native -CommandName @('paycli', 'paycli.exe') -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The words that may follow the command, each with what it is for.
    function Get-PaycliWord([string]$At) {
        switch -CaseSensitive -Exact ($At) {
            '' { 'tranzzo|Tranzzo: payments, captures, refunds, payouts, transfers, look-ups.'; 'mobilepay|MobilePay at the till: payments, captures, refunds, terminals, tokens.'; 'tora|Tora: topups, bill payments and e-laiko tickets in Greece.'; 'toman|Toman: payments, reports and terminals of payment service providers in Iran.'; 'terapay|TeraPay: batches, transfers, wallets, clients, portal users, SMS in Sierra Leone.'; 'profiles|Accounts, credentials and where each value comes from.'; 'secrets|Credentials in the keyring of the operating system.'; 'operations|Every operation that paycli knows, with effect and retry rule.'; 'find|Find an order, payment, reference or card mask in all profiles at once.'; 'bulk|One command for each row of a CSV file; resumable, never twice.'; 'journal|What this machine sent, and what became of it.'; 'api|A raw signed request, for what has no command of its own.'; 'sandbox|The providers as a local server, to try things out.'; 'doctor|Prove the set-up of this machine, and tell what to do about each finding.'; 'completions|Scripts that complete words in bash, zsh, fish, PowerShell.'; 'help|Exit codes, profiles, output, safety, environment.'; 'demo|A walk through the main job against a sandbox of its own.' }
            'tranzzo' { 'health|Ask whether the host answers at all; needs no credentials.'; 'check|Ask whether the credentials and the signing scheme are accepted, by reading an order that cannot exist.'; 'pay|Take a payment.'; 'payout|Pay money out.'; 'p2p|Transfer from card to card.'; 'p2p-credit|Credit what an order took to a card.'; 'lookup|Verify a card.'; 'split|Payments that are divided among sub-merchants.'; 'capture|Take money that an order holds, in part or in full.'; 'void|Release the money that an order holds, before any of it is captured.'; 'refund|Refund an order, in part or in full.'; 'orders|Look orders up.'; 'transactions|Look through a period.'; 'recurring|Subscriptions.'; 'webhooks|Webhooks: verify, make, receive, and have them sent again.'; 'bins|What is known of a card''s first digits.'; 'ips|What is known of an IP address.'; 'reports|Make and fetch reports of a period''s transactions.'; 'receipts|Save receipts.'; 'mvisa-qr|QR codes for the mVisa application.'; 'payways|Alternative payment methods and the fields that they want.'; 'codes|Status codes, and who can do what about each.' }
            'tranzzo pay' { 'hosted|Create a payment page for an order and print its address.'; 'qr|Create a payment that begins with a QR code, and print the code''s address.'; 'card|Charge a card whose data you have.'; 'token|Charge a card of which an earlier payment left a token.'; 'privat24|Charge a payer through Privat24; the payer confirms it there.'; 'payparts|Charge a payer of Privat bank by parts: more than 300 UAH, in 2 to 25 parts.'; 'apple-pay|Charge a card in Apple Pay by the token that its button gave.'; 'google-pay|Charge a card in Google Pay by the token that its button gave.'; 'mvisa|Pay an mVisa code that was scanned, with a card or the token of one.'; 'apm|Take a payment by a regional method, checked against the table of methods.' }
            'tranzzo payout' { 'apm|Pay out by a regional method, checked against the table of methods.'; 'card|Pay out to a card by its number.'; 'token|Pay out to a card of which an earlier payment left a token.' }
            'tranzzo p2p' { 'card|Transfer from one card to another, by their numbers.'; 'token|Transfer from the card of a token to another one, named by its token or its number.' }
            'tranzzo p2p-credit' { 'card|Credit what an order took, in part or in full, to a card by its number.'; 'token|Credit what an order took, in part or in full, to the card of a token.' }
            'tranzzo lookup' { 'card|Verify a card whose data you have.'; 'hosted|Create a page on which a payer has a card verified, and print its address.' }
            'tranzzo split' { 'hosted|Create a page for a payment that is divided among sub-merchants, and print its address.'; 'card|Charge a card whose data you have, and divide the money among sub-merchants.'; 'capture|Take money that a divided order holds, with the share of each sub-merchant.'; 'refund|Refund a divided order, with the share of each sub-merchant.' }
            'tranzzo orders' { 'show|Show everything that happened with an order, and what can still be captured or refunded.'; 'operation|Show one operation of an order, by its method.' }
            'tranzzo transactions' { 'list|List what happened in a period, of all orders, as it arrives.' }
            'tranzzo recurring' { 'cancel|End a subscription; the payer is not charged for it any more.'; 'refund|Refund one payment of a subscription, in part or in full.' }
            'tranzzo webhooks' { 'resend|Have the webhook of an operation sent once more to the address that its request named.'; 'verify|Verify a webhook and print its event; exit 5 says that it is not what the provider signed.'; 'sign|Make a signed webhook and print its body, or send it with --to as the provider would.'; 'listen|Take webhooks on loopback until Ctrl-C: verify, answer, show, forward.' }
            'tranzzo bins' { 'show|Show which scheme, country and bank the first digits of a card belong to.' }
            'tranzzo ips' { 'show|Show where an IP address is.' }
            'tranzzo reports' { 'start|Ask for a report of a period of at most 31 days; `reports fetch` brings it when it is ready.'; 'fetch|Fetch a report that is ready, every row of it, as it arrives.'; 'run|Make a report of a period of any length, wait for it, and fetch it.' }
            'tranzzo receipts' { 'show|Save the receipt of an order as a file.'; 'day|Save the receipts of all payments of a day as one zip file.' }
            'tranzzo mvisa-qr' { 'create|Make a QR code with which a payer pays an amount in the mVisa application.' }
            'tranzzo payways' { 'list|List every method: its name here, the provider''s, its currency and direction, and the fields that it wants.'; 'show|Show what a method wants, in each direction that it has.' }
            'tranzzo codes' { 'list|List every status code, with its status, who can do something about it, and what.'; 'show|Show what one status code means, and who can do what about it.' }
            'mobilepay' { 'payments|Start, follow, capture and cancel payments at a till.'; 'refunds|Pay captured money back.'; 'terminals|Terminals and their points of sale.'; 'pos|Points of sale.'; 'stores|Look the merchant''s stores up.'; 'tokens|Make and replace the merchant''s access token.' }
            'mobilepay payments' { 'start|Start a payment at a terminal and ask the customer for it.'; 'start-by-pos|Start a payment at a point of sale and ask the customer for it.'; 'prepare|Show a payment to the customer before its amount is known; `payments ready` must follow.'; 'ready|Give a prepared payment its amount and ask the customer for it.'; 'show|Show everything that is known of a payment; the table for people tells its refunds, too.'; 'list|List the ids of active payments (neither captured nor ended), or of captured ones with --state Captured.'; 'status|Show where a payment stands; Reserved means that the customer has approved it and it can be captured.'; 'capture|Take the money of a Reserved payment, once; a reservation lives seven days.'; 'cancel|Cancel a payment that is not captured, and release what it reserved; captured money is refunded.'; 'id-by-state|Find the id of a captured payment by your own reference.'; 'id-by-terminal|Find the id of a payment by its terminal and your own reference.'; 'id-by-pos|Find the id of a payment by its point of sale and your own reference.'; 'clear|Cancel the payments that block a till.' }
            'mobilepay refunds' { 'create|Refund a captured payment, in part or in full: it captures itself after 24 hours.'; 'show|Show a refund: Initiated, Reserved, Captured, ExpiredAndCaptured (by itself, after 24 hours) or cancelled.'; 'list|List the ids of a payment''s refunds.'; 'capture|Pay a Reserved refund back now, rather than when it captures itself after 24 hours.'; 'cancel|Cancel a refund that is not captured; after 24 hours it has captured itself.' }
            'mobilepay terminals' { 'qr-code|Show the address of the picture that customers scan at a terminal.'; 'show|Show the point of sale of a terminal.'; 'create-pos|Create the point of sale of a terminal that has none.'; 'delete-pos|Delete the point of sale of a terminal; a new one has another id and another code to scan.'; 'check-in|Show whether a customer is checked in at a terminal.' }
            'mobilepay pos' { 'check-in|Show whether a customer is checked in at a point of sale.' }
            'mobilepay stores' { 'list|List the ids of the merchant''s stores.'; 'show|Show a store.' }
            'mobilepay tokens' { 'create|Make the merchant''s access token, where there is none yet.'; 'reset|Replace the merchant''s access token by a new one; the profile''s present one stops working.' }
            'tora' { 'topups|Sell prepaid codes: phone credit, vouchers.'; 'bills|Look bills up and pay them.'; 'elaiko|Sell e-laiko lottery tickets.'; 'reclamations|Ask for transactions to be cancelled.'; 'transactions|Look sales and payments up.'; 'reports|Make reports of a period.' }
            'tora topups' { 'create|Sell a topup.'; 'capture|Complete a topup that was sold with --two-step.'; 'void|Give up a topup that was sold with --two-step and not captured.'; 'products|List the topups that can be sold, by provider.' }
            'tora bills' { 'show|Show what may be paid of a bill, and which extra options it wants.'; 'pay|Pay a bill; its extra options are checked against the bill first.'; 'capture|Complete a bill payment that was made with --two-step.'; 'void|Give up a bill payment that was made with --two-step and not captured.' }
            'tora elaiko' { 'request|Ask for a ticket; the customer''s mobile gets the password with which `elaiko issue` sells it.'; 'issue|Sell the ticket that was asked for, with the password that the customer got.'; 'buy|Sell a ticket in one go, with the customer''s password.' }
            'tora reclamations' { 'create|Ask for a transaction to be cancelled; --reason tells Tora why.' }
            'tora transactions' { 'list|List transactions, page by page.'; 'show|Show a transaction with its details.' }
            'tora reports' { 'start|Ask for a report; `reports show` tells when it is made.'; 'show|Show how far a report is, and what its file is called.'; 'run|Make a report and wait until it is made; its file is named, since how to fetch it is not documented.' }
            'toman' { 'login|Sign in and keep the token, which is never shown.'; 'refresh|Renew the token that was got last; what renewed it is used up and replaced.'; 'payments|Look through the payments of terminals.'; 'reports|Find reports and download them.'; 'terminals|Make terminals known and look them up.'; 'psps|Look the payment service providers up.'; 'psp-accounts|Look accounts at payment service providers up.'; 'logout|Forget the tokens of a profile on this machine.' }
            'toman payments' { 'list|List payments of all terminals of a type, page by page as they arrive.'; 'show|Show a payment, looked for in both lists.' }
            'toman reports' { 'list|List the reports; with --wait, once none of those shown is being made any more.'; 'download|Save a finished report, without --out under its own name in the folder one is in.' }
            'toman terminals' { 'create|Make a terminal known, so that its payments are fetched from the PSP and reported.'; 'show|Show one terminal.' }
            'toman psps' { 'list|List the payment service providers whose terminals can be reported.'; 'show|Show one payment service provider.' }
            'toman psp-accounts' { 'list|List your accounts at payment service providers.'; 'show|Show one account at a payment service provider.' }
            'terapay' { 'portal|Sign in to the portal.'; 'users|Portal users and what they may do.'; 'developers|Make developers known.'; 'batches|Pay many at once, and follow it.'; 'cards|Submit card data.'; 'checkout|Let a payer pay on a page.'; 'clients|Register, approve and look clients up.'; 'customers|Wallet customers.'; 'wallet|Top up a wallet, pay and transfer from it, read its statement.'; 'transfers|Pay to banks, phones and clients.'; 'permissions|Create permissions.'; 'roles|Roles and their permissions.'; 'api-keys|Issue API keys.'; 'sms|Send text messages.'; 'logout|Forget the tokens of a profile on this machine.' }
            'terapay portal' { 'login|Sign in to the portal with the profile''s portal_password and keep the cookie, which is never shown.'; 'reset-password|Set a portal user''s new password, with the token that was made for it.' }
            'terapay users' { 'create|Create a portal user.'; 'override-permissions|Grant or revoke single permissions of an API user, whatever his role allows.' }
            'terapay developers' { 'register|Register a developer with a role.' }
            'terapay batches' { 'submit|Submit a batch of disbursements out of a file.'; 'process|Have the items of a batch paid.'; 'show|Show a batch and what became of its items.'; 'retry|Have items of a batch paid that failed.' }
            'terapay cards' { 'submit|Submit a card''s data, asked for unseen or read from standard input.' }
            'terapay checkout' { 'create|Create a session in which a payer pays an amount; nothing is charged until he does.' }
            'terapay clients' { 'register|Register a client, which somebody has to approve.'; 'approve|Approve a client that registered.'; 'show|Show a client.'; 'transactions|List the transactions of a client.' }
            'terapay customers' { 'register|Register a wallet customer with a password of 8 characters or more.'; 'login|Sign a wallet customer in and keep the token, which is never shown.' }
            'terapay wallet' { 'top-up|Credit the wallet of the customer who is signed in.'; 'transfer|Transfer from the wallet of the customer who is signed in to another customer''s.'; 'pay|Pay from the wallet of the customer who is signed in, under your own reference.'; 'statement|List what went into and out of the wallet of the customer who is signed in; -o csv for a spreadsheet.' }
            'terapay transfers' { 'bank|Transfer an amount to a bank account.'; 'resend-otp|Have the one-time password of a transaction sent again.'; 'mobile|Pay to many phones, out of a file.'; 'client-bank|Transfer to a client''s bank account, one entry for each line of a file.'; 'client-mobile|Transfer to a client''s phone, one entry for each line of a file.' }
            'terapay permissions' { 'create|Create a permission for a method and a route.'; 'import|Create the permissions of a file, all in one request.' }
            'terapay roles' { 'create|Create a role with the permissions that are named.'; 'set-permissions|Give a role these permissions and no other.' }
            'terapay api-keys' { 'create|Issue an API key with its secret, which no later command brings back.' }
            'terapay sms' { 'send|Send a text message to one phone.'; 'bulk|Send one text message to several phones.'; 'send-as|Send a text message to one phone, under a sender''s name.' }
            'profiles' { 'list|List the profiles; the built-in sandbox ones are not counted.'; 'show|Show each value of a profile, where it came from and what it shadows; never a secret.'; 'set|Set one field of a profile in profiles.yaml; comments, order and quoting of everything else stay.'; 'use|Make a profile the one that its provider''s commands use when none is named.'; 'remove|Remove a profile from profiles.yaml, and its secrets from the keyring.'; 'check|Ask the provider harmlessly whether host, credentials and signing scheme of a profile are right.'; 'path|Print where profiles.yaml lies.'; 'add|Add a profile to profiles.yaml.' }
            'secrets' { 'set|Store a profile''s secrets in the keyring, for the hosts that the profile names now.'; 'delete|Remove a profile''s secrets from the keyring.'; 'status|Say of every secret where it comes from, since when and for which hosts; never its value.' }
            'operations' { 'list|List every declared operation: method, path, effect, retry rule, and where the route comes from.'; 'show|Show what is declared of one operation.'; 'export-routes|Print the routes that a provider''s document does not name, as lines for a profile of profiles.yaml.' }
            'bulk' { 'run|Run one command for each row of a CSV file; again, it does only what is not done.'; 'status|Show what the journal of this machine knows of each row; asks nobody. Exit 7 or 9 as the run would have.'; 'report|Add up at the provider what the rows did, not from our own notes, and say where the two differ (exit 9).' }
            'journal' { 'list|List what was sent, newest first.'; 'show|Show everything that is known of one entry.'; 'resolve|Find out what became of what is open: one look each, without waiting. Exit 7 while anything is open.'; 'verify|Check that every entry is as it was written and none is missing.'; 'export|Print every entry whole, oldest first; one a line unless -o says otherwise.'; 'prune|Remove closed entries from before a date; what is open stays.' }
            'sandbox' { 'serve|Serve the sandbox on loopback until Ctrl-C.'; 'reset|Make the running sandbox forget every order.'; 'act|Play the customer, the bank, the shop, or the provider''s own people.'; 'clock|Move the sandbox''s clock forward, for what happens after hours or days.'; 'fault|Make the sandbox fail, to see what your script does.' }
            'sandbox fault' { 'add|Let the next request at a route fail.'; 'list|List the faults that still wait for a request, in the order in which they are met.' }
            'completions' { 'bash|Print the script for bash 3.2 and newer.'; 'zsh|Print the script for zsh.'; 'fish|Print the script for fish.'; 'powershell|Print the script for PowerShell 5.1 and newer.'; 'install|Put the script where the shell finds it, and say what is left to do; no other file is changed.' }
        }
    }

    # What follows an option: a kind, and words.
    function Get-PaycliValue([string]$At, [string]$Flag) {
        switch -CaseSensitive -Exact ("$At $Flag") {
            'find -p' { return 'known' }
            'journal list -p' { return 'known' }
            'doctor -p' { return 'known' }
            'find --profile' { return 'known' }
            'journal list --profile' { return 'known' }
            'doctor --profile' { return 'known' }
            'bulk run -p' { return 'named' }
            'bulk status -p' { return 'named' }
            'bulk report -p' { return 'named' }
            'bulk run --profile' { return 'named' }
            'bulk status --profile' { return 'named' }
            'bulk report --profile' { return 'named' }
            'tranzzo transactions list --method' { return 'free' }
            'terapay wallet statement --type' { return 'free' }
            'terapay clients register --state' { return 'free' }
            'tora transactions list --status' { return 'words', 'captured', 'canceled' }
            'toman payments list --status' { return 'words', 'success', 'failed' }
            'sandbox serve --data' { return 'folders' }
            'tora reports start --format' { return 'words', 'csv', 'excel', 'txt', 'pdf' }
            'tora reports run --format' { return 'words', 'csv', 'excel', 'txt', 'pdf' }
            'tranzzo mvisa-qr create --type' { return 'words', 'raw', 'png' }
            'tora transactions list --type' { return 'words', 'BP', 'TOPUP', 'ELAIKO' }
            'terapay clients transactions --type' { return 'words', 'bank', 'mobile' }
            'journal list --state' { return 'words', 'intended', 'sending', 'succeeded', 'pending', 'rejected', 'not-sent', 'unknown' }
            'profiles add --http-method' { return 'words', 'post', 'get' }
        }
        if ($Flag -cmatch '^-[^-].') { return 'switch' }
        switch -CaseSensitive -Exact ($Flag) {
            '--version' { return 'switch' }
            '--help' { return 'switch' }
            '--dry-run' { return 'switch' }
            '-v' { return 'switch' }
            '--verbose' { return 'switch' }
            '--yes' { return 'switch' }
            '--again' { return 'switch' }
            '--no-preflight' { return 'switch' }
            '--card-stdin' { return 'switch' }
            '--cryptogram-stdin' { return 'switch' }
            '--wait' { return 'switch' }
            '--cc-token-stdin' { return 'switch' }
            '--wallet-token-stdin' { return 'switch' }
            '--unlisted' { return 'switch' }
            '--recipient-cc-token-stdin' { return 'switch' }
            '--all' { return 'switch' }
            '--require-complete' { return 'switch' }
            '--force' { return 'switch' }
            '--show' { return 'switch' }
            '--save' { return 'switch' }
            '--two-step' { return 'switch' }
            '--show-pin' { return 'switch' }
            '--otp-stdin' { return 'switch' }
            '--remember-me' { return 'switch' }
            '--reset-stdin' { return 'switch' }
            '--generate-api-key' { return 'switch' }
            '--password-stdin' { return 'switch' }
            '--none' { return 'switch' }
            '--offline' { return 'switch' }
            '-p' { return 'here' }
            '--profile' { return 'here' }
            '-o' { return 'words', 'table', 'json', 'ndjson', 'csv', 'yaml', 'id' }
            '--output' { return 'words', 'table', 'json', 'ndjson', 'csv', 'yaml', 'id' }
            '--order-3ds-bypass' { return 'words', 'always', 'supported', 'never' }
            '--payload-file' { return 'files' }
            '--products' { return 'files' }
            '--browser-fingerprint' { return 'files' }
            '--cryptogram' { return 'files' }
            '--wallet-token' { return 'files' }
            '--event' { return 'files' }
            '--out' { return 'files' }
            '--qr-png' { return 'files' }
            '--overrides' { return 'files' }
            '--permission-ids-file' { return 'files' }
            '--input' { return 'files' }
            '--method' { return 'words', 'auth', 'purchase' }
            '--status' { return 'words', 'init', 'pending', 'success', 'failure' }
            '--preflight' { return 'words', 'proceed', 'reject' }
            '--statuses' { return 'words', 'success', 'pending', 'failure', 'init' }
            '--methods' { return 'words', 'auth', 'purchase', 'capture', 'void', 'p2p', 'credit', 'lookup', 'refund', 'dispute', 'recurrent' }
            '--transaction-details' { return 'words', 'projectId', 'orderId', 'paymentId', 'amount', 'currency', 'method', 'status', 'dateTime', 'cardMask', 'payway', 'customerFee', 'merchantFee', 'entityName', 'projectName', 'originalAmount', 'exchangeAmount', 'exchangeCurrency', 'exchangeRate', 'tokenizationKind', 'authCode', 'rrnCode', 'description', 'payload', 'paymentSystem', 'recipientCardMask', 'reserveAmount', 'receiverName', 'receiverAmount', 'receiverFee' }
            '--format' { return 'words', 'html', 'pdf' }
            '--type' { return 'words', 'transactions', 'actions' }
            '--direction' { return 'words', 'in', 'out' }
            '--state' { return 'words', 'Captured' }
            '--payment-state' { return 'words', 'Initiated', 'Prepared', 'Paired', 'IssuedToUser', 'Reserved', 'Captured', 'CancelledByUser', 'CancelledByClient', 'CancelledByMobilePay', 'ExpiredAndCancelled', 'RejectedByMobilePayDueToAgeRestrictions' }
            '--media' { return 'folders' }
            '--odd-or-even' { return 'words', 'ODD', 'EVEN' }
            '--trans-type' { return 'words', 'BP', 'TOPUP' }
            '--terminal-type' { return 'words', 'ipg', 'pos' }
            '--enabled' { return 'words', 'true', 'false' }
            '--require-reason' { return 'words', 'true', 'false' }
            '--card-data' { return 'words', 'true', 'false' }
            '--sign-get' { return 'words', 'true', 'false' }
            '--accept-repeats' { return 'words', 'true', 'false' }
            '--client-type' { return 'words', 'Individual', 'Company' }
            '--http-method' { return 'words', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS' }
            '--provider' { return 'words', 'tranzzo', 'mobilepay', 'tora', 'toman', 'terapay' }
            '--environment' { return 'words', 'test', 'live' }
            '--access' { return 'words', 'read', 'write' }
            '--signing' { return 'words', 'hmac-sha1', 'sha1', 'plain' }
            '--first-page' { return 'words', '0', '1' }
            '--client-auth' { return 'words', 'body', 'basic' }
            '--payments-segment' { return 'words', 'name', 'code' }
            '--as' { return 'words', 'succeeded', 'not-sent' }
        }
        'free'
    }

    # What an argument may be: a kind, and words.
    function Get-PaycliArgument([string]$At, [int]$Count) {

        switch -CaseSensitive -Exact ("$At $Count") {
            'toman payments list 0' { return 'words', 'ipg', 'pos' }
            'terapay batches submit 0' { return 'files' }
            'terapay transfers mobile 0' { return 'files' }
            'terapay transfers client-bank 1' { return 'files' }
            'terapay transfers client-mobile 1' { return 'files' }
            'terapay permissions import 0' { return 'files' }
            'bulk run 0' { return 'files' }
            'bulk status 0' { return 'files' }
            'bulk report 0' { return 'files' }
            'profiles show 0' { return 'known' }
            'profiles check 0' { return 'known' }
            'api 0' { return 'known' }
            'profiles set 0' { return 'filed' }
            'profiles use 0' { return 'filed' }
            'profiles remove 0' { return 'filed' }
            'secrets set 0' { return 'filed' }
            'secrets delete 0' { return 'filed' }
            'profiles set 1' { return 'words', 'provider', 'environment', 'access', 'base_url', 'currency', 'confirm_above', 'require_reason', 'card_data', 'late_arrival', 'key_lifetime', 'ca_bundle', 'proxy', 'pos_id', 'signing', 'signing_label', 'sign_get', 'timezone', 'report_url', 'bio_code', 'http_method', 'accept_repeats', 'username', 'terminal_id', 'first_page', 'client_id', 'scopes', 'auth_url', 'client_auth', 'payments_segment', 'portal_username', 'api_key_header', 'api_secret_header', 'timeout.connect', 'timeout.read', 'timeout.settle' }
            'secrets set 1' { return 'words', 'api_key', 'api_secret', 'endpoints_key', 'access_token', 'password', 'client_secret', 'portal_password', 'portal_cookie', 'wallet_token' }
            'secrets delete 1' { return 'words', 'api_key', 'api_secret', 'endpoints_key', 'access_token', 'password', 'client_secret', 'portal_password', 'portal_cookie', 'wallet_token' }
            'operations export-routes 0' { return 'words', 'tranzzo', 'mobilepay', 'tora', 'toman', 'terapay' }
            'sandbox act 0' { return 'words', 'tranzzo', 'mobilepay', 'tora', 'toman', 'terapay' }
            'sandbox fault add 0' { return 'words', 'tranzzo', 'mobilepay', 'tora', 'toman', 'terapay' }
            'api 1' { return 'words', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE' }
            'sandbox fault add 2' { return 'words', 'refuse', 'timeout', 'slow', 'drip', 'reset', 'truncate', 'garbage', 'html-502', 'redirect', 'drop-before-commit', 'drop-after-commit', 'commit-late', '401', '408', '409', '429', '500', '503', 'pending', 'stale-read', 'twin', 'repeat' }
            'completions install 0' { return 'words', 'bash', 'zsh', 'fish', 'powershell' }
            'help 0' { return 'words', 'exit-codes', 'profiles', 'output', 'safety', 'environment' }
        }
    }

    # How many arguments there are at most.
    function Get-PaycliMost([string]$At) {
        switch -CaseSensitive -Exact ($At) {
            'tranzzo health' { return 0 }
            'tranzzo check' { return 0 }
            'tranzzo transactions list' { return 0 }
            'tranzzo webhooks verify' { return 0 }
            'tranzzo webhooks sign' { return 0 }
            'tranzzo webhooks listen' { return 0 }
            'tranzzo reports start' { return 0 }
            'tranzzo reports run' { return 0 }
            'tranzzo mvisa-qr create' { return 0 }
            'tranzzo payways list' { return 0 }
            'tranzzo codes list' { return 0 }
            'mobilepay payments list' { return 0 }
            'mobilepay stores list' { return 0 }
            'mobilepay tokens create' { return 0 }
            'mobilepay tokens reset' { return 0 }
            'tora topups products' { return 0 }
            'tora transactions list' { return 0 }
            'tora reports start' { return 0 }
            'tora reports run' { return 0 }
            'toman login' { return 0 }
            'toman refresh' { return 0 }
            'toman reports list' { return 0 }
            'toman terminals create' { return 0 }
            'toman psps list' { return 0 }
            'toman psp-accounts list' { return 0 }
            'toman logout' { return 0 }
            'terapay portal login' { return 0 }
            'terapay portal reset-password' { return 0 }
            'terapay users create' { return 0 }
            'terapay developers register' { return 0 }
            'terapay cards submit' { return 0 }
            'terapay checkout create' { return 0 }
            'terapay clients register' { return 0 }
            'terapay customers register' { return 0 }
            'terapay customers login' { return 0 }
            'terapay wallet top-up' { return 0 }
            'terapay wallet pay' { return 0 }
            'terapay wallet statement' { return 0 }
            'terapay permissions create' { return 0 }
            'terapay roles create' { return 0 }
            'terapay api-keys create' { return 0 }
            'terapay sms bulk' { return 0 }
            'terapay logout' { return 0 }
            'profiles list' { return 0 }
            'profiles path' { return 0 }
            'secrets status' { return 0 }
            'operations list' { return 0 }
            'journal list' { return 0 }
            'journal verify' { return 0 }
            'journal export' { return 0 }
            'journal prune' { return 0 }
            'sandbox serve' { return 0 }
            'sandbox reset' { return 0 }
            'sandbox fault list' { return 0 }
            'doctor' { return 0 }
            'completions bash' { return 0 }
            'completions zsh' { return 0 }
            'completions fish' { return 0 }
            'completions powershell' { return 0 }
            'demo' { return 0 }
            'tranzzo pay apm' { return 2 }
            'tranzzo payout apm' { return 2 }
            'tranzzo orders operation' { return 2 }
            'tranzzo recurring refund' { return 2 }
            'tranzzo webhooks resend' { return 2 }
            'mobilepay payments id-by-terminal' { return 2 }
            'mobilepay payments id-by-pos' { return 2 }
            'terapay transfers client-bank' { return 2 }
            'terapay transfers client-mobile' { return 2 }
            'secrets set' { return 2 }
            'secrets delete' { return 2 }
            'terapay batches retry' { return 99 }
            'operations show' { return 99 }
            'profiles set' { return 3 }
            'api' { return 3 }
            'sandbox act' { return 3 }
            'sandbox fault add' { return 3 }
        }
        1
    }

    function Get-PaycliOption([string]$At) {
        $s1 = '--help|Show this message and exit.'
        $s2 = '-p|Whose credentials and host; `sandbox` is a local server.', '--profile|Whose credentials and host; `sandbox` is a local server.'
        $s3 = '-o|Form of the output.', '--output|Form of the output.'
        $s4 = '--query|Only what this JMESPath expression finds.'
        $s5 = '--columns|Only these fields; points lead inside.'
        $s6 = '--dry-run|Print the request as it would be signed; send nothing.', '--timeout|Time allowed for the whole exchange.'
        $s7 = '-v|Say on standard error what is sent; twice: headers and bodies too.', '--verbose|Say on standard error what is sent; twice: headers and bodies too.'
        $s8 = '--amount|Amount in major units, such as 12.50.'
        $s9 = '--currency|ISO 4217 code; the profile''s currency when left out.'
        $s10 = '--description|What the payer reads about the payment.', '--order-3ds-bypass|3-D Secure: always, supported (where the card can), or never. [default: supported]', '--result-url|Where the payer goes afterwards.', '--validation-url|Where the provider asks before it takes the money.', '--merchant-mcc|Merchant category code of this payment (ISO 18245).', '--payload|Your own data, kept with the payment.', '--payload-file|The same from a file, sent as its Base64.', '--customer-id|The payer in your own system.', '--customer-fname|The payer''s first name.', '--customer-lname|The payer''s last name.', '--customer-email|The payer''s e-mail address.', '--customer-phone|The payer''s telephone number.', '--customer-ip|The payer''s IP address.', '--customer-country|The payer''s country.'
        $s11 = '--server-url|Where the provider sends its webhook.'
        $s12 = '--products|What is paid for: a JSON array of products.'
        $s13 = '--method|Take the money at once (purchase), or hold it for a capture (auth). [default: purchase]'
        $s14 = '--customer-lang|Language of the checkout page.'
        $s15 = '--yes|Do not ask; also stands for the typed amount.', '--reason|Why, for whoever asks later.', '--again|Do it although an equal one was done within 24 hours.', '--no-preflight|Do not look before sending.'
        $s16 = '--request-id|Name of this intention: the same id is never done twice.'
        $s17 = '--card-stdin|Card data from standard input, a JSON object with number, exp_month, exp_year, cvv; without it you are asked.'
        $s18 = '--browser-fingerprint|The payer''s browser for 3-D Secure 2: a JSON object.'
        $s19 = '--customer-referrer|The page from which the payer comes.'
        $s20 = '--wait|Ask again until it has come to an end.'
        $s21 = '--wait-timeout|Most time to wait, such as 90s or 15m; then exit 8. [default: 10m]'
        $s22 = '--cc-token-stdin|Token of the card, from standard input; without it you are asked.', '--cc-token|Token of the card.'
        $s23 = '--property|A further property, repeated.'
        $s24 = '--customer-city|The recipient''s city.', '--customer-birthday|The recipient''s date of birth.'
        $s25 = '--payway|What the provider calls the unlisted method.', '--unlisted|Send a method that the table does not have, unchecked.'
        $s26 = '--card-stdin|Card data from standard input, a JSON object with number; without it you are asked.'
        $s27 = '--external-fee|Your fee, where that was agreed on.'
        $s28 = '--all|Everything that is left of it.'
        $s29 = '--description|What the recipient reads about it.'
        $s30 = '--comment|Note that the provider keeps with the operation.'
        $s31 = '--split|The share of a sub-merchant, repeated; the shares add up to the amount.'
        $s32 = '--from|Beginning of the period.'
        $s33 = '--to|End of the period. [default: now]'
        $s34 = '--limit|Most rows to show. [default: 100]', '--all|Show every row.', '--require-complete|Exit 11 when there are more rows than were shown.'
        $s35 = '-p|Whose secret; `sandbox` has a made-up one.', '--profile|Whose secret; `sandbox` has a made-up one.'
        $s36 = '--port|Port on 127.0.0.1; 0 takes a free one.'
        $s37 = '--statuses|Only transactions in this state; may be repeated. One of success, pending, failure, init. [default: all]', '--methods|Only transactions of this method (auth, purchase, capture, void, p2p, credit, lookup, refund, dispute, recurrent); may be repeated. [default: all]', '--transaction-details|A field that each row shall have; may be repeated: projectId, orderId, paymentId, amount, currency, method, status, dateTime, cardMask, payway, customerFee, merchantFee, entityName, projectName, originalAmount, exchangeAmount, exchangeCurrency, exchangeRate, tokenizationKind, authCode, rrnCode, description, payload, paymentSystem, recipientCardMask, reserveAmount, receiverName, receiverAmount, receiverFee. [default: those of the provider]'
        $s38 = '--out|Where to save it: a file, a folder, or - for standard output.', '--force|Replace a file that is there already.'
        $s39 = '--format|Form of the receipt. [default: pdf]'
        $s40 = '--direction|Only payments in, or only payouts.'
        $s41 = '--order-id|Your own reference of the payment, at most 36 characters.'
        $s42 = '--payment-state|Only a payment in this state. One of Initiated, Prepared, Paired, IssuedToUser, Reserved, Captured, CancelledByUser, CancelledByClient, CancelledByMobilePay, ExpiredAndCancelled, RejectedByMobilePayDueToAgeRestrictions.'
        $s43 = '--show|Print what exists only once; it is masked otherwise.', '--save|Store it in the profile''s entry of the keyring.'
        $s44 = '--two-step|Reserve it; a capture or void must follow.'
        $s45 = '--terminal-id|Terminal that asks; the profile''s when left out.'
        $s46 = '--media|Save the answer''s images in this folder.'
        $s47 = '--mobile|The customer''s mobile, which gets the password.', '--ending|Last digit of the ticket, 0 to 9.', '--thousand|Thousand with which the ticket begins, 0 to 80.', '--odd-or-even|Whether the last digit is odd or even; not with --ending or --thousand.'
        $s48 = '--to|End of the period.'
        $s49 = '--mid|Only this merchant''s.', '--terminal-id|Only this terminal''s.', '--cancel-from|Canceled from then on.', '--cancel-to|Canceled until then.'
        $s50 = '--status|Only these.'
        $s51 = '--type|What the report lists. [default: transactions]', '--trans-type|Bill payments or topups only; reports of tickets are not documented.', '--format|Form of the file. [default: csv]'
        $s52 = '--total|What the amounts must make together; else nothing is sent.'
        $s53 = '--email|E-mail address of the customer.', '--password-stdin|Password of the customer, from standard input; without it you are asked.'
        $s54 = '--amount|Amount in major units, such as 12.50; of the profile''s currency.'
        $s55 = '--description|Text of the wallet''s entry. [default: a mark by which a lost answer is found again]'
        $s56 = '--permission-ids|Identifier of a permission; repeat it for several.', '--permission-ids-file|JSON array of identifiers of permissions; - is standard input.'
        $s57 = '--message|Text of the message.'
        $s58 = '--yes|Do not ask.'
        $s59 = '--command|What is run for each row, such as "tranzzo refund".', '-p|Whose credentials and host.', '--profile|Whose credentials and host.'
        switch -CaseSensitive -Exact ($At) {
            '' { $s1; '--version|Print the version.' }
            'tranzzo' { $s1 }
            'tranzzo health' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'tranzzo check' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'tranzzo pay' { $s1 }
            'tranzzo pay hosted' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s13; $s14; $s15; $s16; '--equivalent-amount|About how much it is in another currency, for the payer to see.'; '--equivalent-currency|That other currency.'; '--payway|Offer one way to pay only, such as applepay.' }
            'tranzzo pay qr' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s13; $s14; $s15; $s16 }
            'tranzzo pay card' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s13; $s15; $s16; $s17; $s18; $s19; $s20; $s21; '--cryptogram-stdin|Of a decrypted wallet token, from standard input: a JSON object with type, cryptogram, eci.'; '--cryptogram|Of a decrypted wallet token: a JSON file with type, cryptogram, eci.' }
            'tranzzo pay token' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s13; $s15; $s16; $s18; $s19; $s20; $s21; $s22 }
            'tranzzo pay privat24' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s13; $s15; $s16; $s20; $s21 }
            'tranzzo pay payparts' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s13; $s15; $s16; $s20; $s21; $s23; '--parts-count|Into how many parts: 2 to 25.' }
            'tranzzo pay apple-pay' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s13; $s15; $s16; $s18; $s19; $s20; $s21; '--wallet-token-stdin|Token of Apple Pay from standard input; without it you are asked.'; '--wallet-token|File with the token that Apple Pay gave.' }
            'tranzzo pay google-pay' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s13; $s15; $s16; $s18; $s19; $s20; $s21; '--wallet-token-stdin|Token of Google Pay from standard input; without it you are asked.'; '--wallet-token|File with the token that Google Pay gave.' }
            'tranzzo pay mvisa' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s13; $s15; $s16; $s17; $s18; $s19; $s20; $s21; $s22; $s23; '--mvisa-qr|The code that the payer scanned, as text.' }
            'tranzzo pay apm' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s15; $s16; $s20; $s21; $s23; $s24; $s25 }
            'tranzzo payout' { $s1 }
            'tranzzo payout apm' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s15; $s16; $s20; $s21; $s23; $s24; $s25 }
            'tranzzo payout card' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s15; $s16; $s20; $s21; $s23; $s24; $s26 }
            'tranzzo payout token' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s15; $s16; $s20; $s21; $s22; $s23; $s24 }
            'tranzzo p2p' { $s1 }
            'tranzzo p2p card' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s15; $s16; $s18; $s20; $s21; $s27; '--card-stdin|Card data from standard input, a JSON object with number, exp_month, exp_year, cvv, recipient_number; without it you are asked.' }
            'tranzzo p2p token' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s15; $s16; $s18; $s20; $s21; $s22; $s27; '--recipient-cc-token-stdin|Token of the recipient''s card, from standard input; without it you are asked.'; '--recipient-cc-token|Token of the recipient''s card.'; '--card-stdin|Card data from standard input, a JSON object with recipient_number; without it you are asked.' }
            'tranzzo p2p-credit' { $s1 }
            'tranzzo p2p-credit card' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s11; $s15; $s16; $s20; $s21; $s26; $s28; $s29; $s30 }
            'tranzzo p2p-credit token' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s11; $s15; $s16; $s20; $s21; $s22; $s28; $s29; $s30 }
            'tranzzo lookup' { $s1 }
            'tranzzo lookup card' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s15; $s16; $s17; $s20; $s21 }
            'tranzzo lookup hosted' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s15; $s16 }
            'tranzzo split' { $s1 }
            'tranzzo split hosted' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s14; $s15; $s16; $s31 }
            'tranzzo split card' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s10; $s11; $s12; $s15; $s16; $s17; $s18; $s20; $s21; $s31 }
            'tranzzo split capture' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s11; $s15; $s16; $s20; $s21; $s30; $s31 }
            'tranzzo split refund' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s11; $s15; $s16; $s20; $s21; $s30; $s31 }
            'tranzzo capture' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s11; $s15; $s16; $s20; $s21; $s28; $s30 }
            'tranzzo void' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s9; $s11; $s15; $s16; $s20; $s21; $s30 }
            'tranzzo refund' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s11; $s15; $s16; $s20; $s21; $s28; $s30 }
            'tranzzo orders' { $s1 }
            'tranzzo orders show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'tranzzo orders operation' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'tranzzo transactions' { $s1 }
            'tranzzo transactions list' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s32; $s33; $s34; '--method|Only rows of this method, such as refund; may be repeated.'; '--status|Only rows in this state; may be repeated. One of init, pending, success, failure.' }
            'tranzzo recurring' { $s1 }
            'tranzzo recurring cancel' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16 }
            'tranzzo recurring refund' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s11; $s15; $s16; $s28; $s30 }
            'tranzzo webhooks' { $s1 }
            'tranzzo webhooks resend' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16 }
            'tranzzo webhooks verify' { $s1; $s3; $s4; $s5; $s35; '--data|The data field, as it came.'; '--signature|The signature field, as it came.' }
            'tranzzo webhooks sign' { $s1; $s35; '--event|A JSON file, - for standard input, or a sample.'; '--to|Send it there.'; '--order-id|The order of a sample.' }
            'tranzzo webhooks listen' { $s1; $s3; $s5; $s35; $s36; '--forward-to|Hand genuine ones on, byte by byte.'; '--preflight|How to answer the question before a payment.' }
            'tranzzo bins' { $s1 }
            'tranzzo bins show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'tranzzo ips' { $s1 }
            'tranzzo ips show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'tranzzo reports' { $s1 }
            'tranzzo reports start' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s32; $s37; '--to|End of the period, at most 31 days later. [default: now]' }
            'tranzzo reports fetch' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'tranzzo reports run' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s21; $s32; $s33; $s37; $s38 }
            'tranzzo receipts' { $s1 }
            'tranzzo receipts show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s38; $s39 }
            'tranzzo receipts day' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s38; $s39 }
            'tranzzo mvisa-qr' { $s1 }
            'tranzzo mvisa-qr create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s15; $s16; $s26; $s38; '--type|Text of the code, or an image of it. [default: raw]'; '--mcc|Merchant category code (ISO 18245).'; '--merchant-name|Name of the merchant.'; '--merchant-city|City of the merchant.'; '--country-code|Country of the merchant, such as UA.'; '--qr-png|Save the QR code as an image.' }
            'tranzzo payways' { $s1 }
            'tranzzo payways list' { $s1; $s3; $s4; $s5; $s40 }
            'tranzzo payways show' { $s1; $s3; $s4; $s5; $s40 }
            'tranzzo codes' { $s1 }
            'tranzzo codes list' { $s1; $s3; $s4; $s5 }
            'tranzzo codes show' { $s1; $s3; $s4; $s5 }
            'mobilepay' { $s1 }
            'mobilepay payments' { $s1 }
            'mobilepay payments start' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s15; $s16; $s20; $s21; $s41 }
            'mobilepay payments start-by-pos' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s15; $s16; $s20; $s21; $s41 }
            'mobilepay payments prepare' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s41 }
            'mobilepay payments ready' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s15; $s16; $s20; $s21; $s41; '--terminal-id|The terminal''s number at Integra.' }
            'mobilepay payments show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'mobilepay payments list' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s34; '--order-id|Only payments with this reference of yours.'; '--terminal-id|Only payments of this terminal.'; '--state|Captured payments instead of active ones.' }
            'mobilepay payments status' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'mobilepay payments capture' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s15; $s16; $s20; $s21 }
            'mobilepay payments cancel' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21 }
            'mobilepay payments id-by-state' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; '--state|The payment''s state; only captured ones are found. [default: Captured]' }
            'mobilepay payments id-by-terminal' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s42 }
            'mobilepay payments id-by-pos' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s42 }
            'mobilepay payments clear' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15 }
            'mobilepay refunds' { $s1 }
            'mobilepay refunds create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s15; $s16; '--refund-order-id|Your own reference of the refund, at most 36 characters; left out, the journal''s id is sent.' }
            'mobilepay refunds show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'mobilepay refunds list' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s34 }
            'mobilepay refunds capture' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21 }
            'mobilepay refunds cancel' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21 }
            'mobilepay terminals' { $s1 }
            'mobilepay terminals qr-code' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'mobilepay terminals show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'mobilepay terminals create-pos' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21 }
            'mobilepay terminals delete-pos' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21 }
            'mobilepay terminals check-in' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'mobilepay pos' { $s1 }
            'mobilepay pos check-in' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'mobilepay stores' { $s1 }
            'mobilepay stores list' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s34 }
            'mobilepay stores show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'mobilepay tokens' { $s1 }
            'mobilepay tokens create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s43 }
            'mobilepay tokens reset' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s43 }
            'tora' { $s1 }
            'tora topups' { $s1 }
            'tora topups create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s44; $s45; '--reference|Your own reference, such as an order number; what was sold under it is not sold again by a slip.'; '--paysafecard-shop-id|Shop that sells a paysafecard.'; '--paysafecard-terminal-id|Terminal that sells it.'; '--show-pin|Print what exists only once; it is masked otherwise.' }
            'tora topups capture' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21; $s45 }
            'tora topups void' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21; $s45 }
            'tora topups products' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s46 }
            'tora bills' { $s1 }
            'tora bills show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s45 }
            'tora bills pay' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s44; $s45; $s46; '--product-code|Whose bill it is, as `bills show` says.'; '--amount|Amount in euros, with its point: 12.50.'; '--phone|The payer''s telephone number.'; '--reference|Your own reference.'; '--option|What else the bill wants, as `bills show` says; repeat it.' }
            'tora bills capture' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21; $s45 }
            'tora bills void' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21; $s45 }
            'tora elaiko' { $s1 }
            'tora elaiko request' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s45; $s47 }
            'tora elaiko issue' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; '--otp-stdin|One-time password from the customer''s mobile, from standard input; without it you are asked.' }
            'tora elaiko buy' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s45; $s47 }
            'tora reclamations' { $s1 }
            'tora reclamations create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16 }
            'tora transactions' { $s1 }
            'tora transactions list' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s32; $s34; $s48; $s49; $s50; '--type|Bill payments, topups or tickets only.'; '--reference|Only with this reference of yours.' }
            'tora transactions show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'tora reports' { $s1 }
            'tora reports start' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s32; $s48; $s49; $s51 }
            'tora reports show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'tora reports run' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s21; $s32; $s38; $s48; $s49; $s51 }
            'toman' { $s1 }
            'toman login' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; '--scope|A right to ask for; repeat it for several. [default: the profile''s scopes, else all that the commands here need]' }
            'toman refresh' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'toman payments' { $s1 }
            'toman payments list' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s32; $s34; $s48; $s50; '--terminal-number|Only this terminal''s.'; '--card-mask|Only payments with such a card.'; '--amount|Only of exactly so many rials.' }
            'toman payments show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'toman reports' { $s1 }
            'toman reports list' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s20; $s21; $s34 }
            'toman reports download' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s38 }
            'toman terminals' { $s1 }
            'toman terminals create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; '--terminal-type|Internet gateway or point of sale.'; '--psp-account-uuid|Your account at the PSP: paycli toman psp-accounts list.'; '--terminal-number|Number of the terminal at the PSP.'; '--acceptor-code|The merchant''s acceptor code at the PSP.'; '--start-fetch-time|From when on its payments are fetched.'; '--enabled|Whether it is in use. [default: true]'; '--description|A note about it.' }
            'toman terminals show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'toman psps' { $s1 }
            'toman psps list' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s34 }
            'toman psps show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'toman psp-accounts' { $s1 }
            'toman psp-accounts list' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s34 }
            'toman psp-accounts show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'toman logout' { $s1; $s2; $s7 }
            'terapay' { $s1 }
            'terapay portal' { $s1 }
            'terapay portal login' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; '--username|E-mail address to sign in with. [default: the profile''s portal_username]'; '--remember-me|Ask for a cookie that outlasts a browser''s session.' }
            'terapay portal reset-password' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; '--email|E-mail address of the portal user.'; '--reset-stdin|The token and the password, from standard input: a JSON object with token, new_password; else you are asked.' }
            'terapay users' { $s1 }
            'terapay users create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s43; '--user-name|Name to sign in with.'; '--email|E-mail address of the user.'; '--roles|Role of the user; repeat it for several.'; '--generate-api-key|Also issue an API key and its secret.' }
            'terapay users override-permissions' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; '--grant|Permission to grant; repeat it for several.'; '--revoke|Permission to revoke; repeat it for several.'; '--overrides|JSON object of permissions with true (grant) or false (revoke); - is standard input.' }
            'terapay developers' { $s1 }
            'terapay developers register' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; '--developer-name|Name of the developer.'; '--developer-email|E-mail address of the developer.'; '--developer-phone-number|Phone number with its country code.'; '--role-id|Identifier of the role.' }
            'terapay batches' { $s1 }
            'terapay batches submit' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s52; '--batch-name|Name of the batch, for people.' }
            'terapay batches process' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21 }
            'terapay batches show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'terapay batches retry' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21 }
            'terapay cards' { $s1 }
            'terapay cards submit' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s17 }
            'terapay checkout' { $s1 }
            'terapay checkout create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s8; $s9; $s15; $s16; '--return-url|Where the payer goes afterwards.' }
            'terapay clients' { $s1 }
            'terapay clients register' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; '--name|Name of the client.'; '--client-type|What kind of client.'; '--contact-person|Who is to be asked for.'; '--phone-number|Phone number with its country code.'; '--email-address|E-mail address.'; '--address|Street and number.'; '--city|City of the address.'; '--state|State or province of the address.'; '--country|Country of the address.' }
            'terapay clients approve' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21 }
            'terapay clients show' { $s1; $s2; $s3; $s4; $s5; $s6; $s7 }
            'terapay clients transactions' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s34; '--type|Only transactions of this channel; both when left out.' }
            'terapay customers' { $s1 }
            'terapay customers register' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s53; '--full-name|Name of the customer.' }
            'terapay customers login' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s53 }
            'terapay wallet' { $s1 }
            'terapay wallet top-up' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21; $s54; $s55 }
            'terapay wallet transfer' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21; $s54; $s55 }
            'terapay wallet pay' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s20; $s21; $s54; $s55; '--external-reference|Your own reference, such as an invoice''s number.' }
            'terapay wallet statement' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s34; '--from|First day of the period.'; '--to|Last day of the period.'; '--type|Only entries of this type, such as credit.' }
            'terapay transfers' { $s1 }
            'terapay transfers bank' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s54; '--narration|Text of the transaction.' }
            'terapay transfers resend-otp' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16 }
            'terapay transfers mobile' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s52 }
            'terapay transfers client-bank' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s52; '--account-number|Account of the client, for all entries.' }
            'terapay transfers client-mobile' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s52; '--phone-number|Phone of the beneficiary, with the country code.' }
            'terapay permissions' { $s1 }
            'terapay permissions create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; '--name|Name that no other permission has.'; '--http-method|HTTP method that it covers. One of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS.'; '--route-pattern|Route that it covers.' }
            'terapay permissions import' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16 }
            'terapay roles' { $s1 }
            'terapay roles create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s56; '--name|Name of the role.' }
            'terapay roles set-permissions' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s56; '--none|Leave the role without any permission.' }
            'terapay api-keys' { $s1 }
            'terapay api-keys create' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s43; '--description|What the key is for; it is not stored.' }
            'terapay sms' { $s1 }
            'terapay sms send' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s57 }
            'terapay sms bulk' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s57; '--phone-numbers|Recipient with the country code; repeat it for several.' }
            'terapay sms send-as' { $s1; $s2; $s3; $s4; $s5; $s6; $s7; $s15; $s16; $s57; '--sender-id|Name under which it arrives.' }
            'terapay logout' { $s1; $s2; $s7 }
            'profiles' { $s1 }
            'profiles list' { $s1; $s3; $s4; $s5 }
            'profiles show' { $s1; $s3; $s4; $s5 }
            'profiles set' { $s1 }
            'profiles use' { $s1 }
            'profiles remove' { $s1; $s58 }
            'profiles check' { $s1; $s3; $s4; $s5 }
            'profiles path' { $s1 }
            'profiles add' { $s1; '--provider|Which provider the profile is for.'; '--environment|test or live.'; '--access|write, or read only; a live profile that does not say write can only read.'; '--base-url|The provider''s host, when it is not the usual one.'; '--currency|Currency of amounts that are typed without one.'; '--confirm-above|Amount above which a live change asks for the amount to be typed.'; '--require-reason|Whether every change needs --reason.'; '--card-data|Whether commands with card data may run on a live profile.'; '--late-arrival|How long after sending a change may still arrive.'; '--key-lifetime|How long the provider knows an idempotency key.'; '--ca-bundle|File of certificate authorities to trust instead of the usual ones.'; '--proxy|Address of an HTTP proxy.'; '--pos-id|Identifier of the point of sale (a UUID).'; '--signing|How requests are signed.'; '--signing-label|Name of the signing scheme in the header; sources differ about hmac-sha1''s.'; '--sign-get|Sign reads too (over the empty body); false sends them plain.'; '--timezone|Zone of the provider''s timestamps, which carry none.'; '--report-url|Host of the report service.'; '--bio-code|Code that names the merchant at Integra.'; '--http-method|How what has both is sent: post keeps the token out of addresses, get does not.'; '--accept-repeats|Whether a live profile may send changes by GET, which networks between may repeat.'; '--username|User to whom Tora gave the API.'; '--terminal-id|Terminal that asks, where a command names no other.'; '--first-page|Number of a list''s first page, which the document does not say.'; '--client-id|Identifier of the OAuth client.'; '--scopes|Rights to sign in for, apart by spaces; left out: those that each command needs.'; '--auth-url|Host that gives tokens, without the path.'; '--client-auth|Where the client''s credentials go at sign-in: into the body, or into a Basic header.'; '--payments-segment|How the path of payments calls the terminal type: by name (ipg, pos) or by code (0, 1); sources differ.'; '--portal-username|E-mail address with which `portal login` signs in.'; '--api-key-header|Header that carries the key; its name is not documented.'; '--api-secret-header|Header that carries the secret; its name is not documented.' }
            'secrets' { $s1 }
            'secrets set' { $s1 }
            'secrets delete' { $s1; $s58 }
            'secrets status' { $s1; $s3; $s4; $s5 }
            'operations' { $s1 }
            'operations list' { $s1; $s3; $s4; $s5; '--provider|Only this provider''s.' }
            'operations show' { $s1; $s3; $s4; $s5 }
            'operations export-routes' { $s1 }
            'find' { $s1; $s3; $s4; $s5; $s7; '-p|Only this profile; may be repeated. `sandbox` is all local ones.', '--profile|Only this profile; may be repeated. `sandbox` is all local ones.'; '--provider|Only this provider''s profiles; may be repeated.'; '--since|How far back lists are looked through: a date, a time, -90d.'; '--timeout|Time that each profile has.' }
            'bulk' { $s1 }
            'bulk run' { $s1; $s3; $s4; $s5; $s59; '--concurrency|Rows under way at the same time.'; '--rate|Most requests a second, of all rows together.'; '--dry-run|Check the file and show the plan; send nothing.'; '--yes|Do not ask; also stands for the typed total.'; '--reason|Why, for rows that have no reason of their own.'; '--timeout|Time allowed for one exchange.'; '--limit|Of a list that is looked up, most rows each.'; '-v|Say what is sent; twice: bodies too.', '--verbose|Say what is sent; twice: bodies too.' }
            'bulk status' { $s1; $s3; $s4; $s5; $s59 }
            'bulk report' { $s1; $s3; $s4; $s5; $s59; '--concurrency|Looks under way at the same time.' }
            'journal' { $s1 }
            'journal list' { $s1; $s3; $s4; $s5; '--state|Only entries in this state.'; '-p|Only this profile''s.', '--profile|Only this profile''s.'; '--since|Only from then on: a date, a time, -7d.'; '--limit|Most entries to show.'; '--all|Show every entry.' }
            'journal show' { $s1; $s3; $s4 }
            'journal resolve' { $s1; $s3; $s4; '--as|Close it by your word.'; '--reason|How you know.' }
            'journal verify' { $s1 }
            'journal export' { $s1; $s3; $s4 }
            'journal prune' { $s1; '--before|Entries from before then.' }
            'api' { $s1; $s3; $s4; $s5; $s6; $s7; $s15; $s16; '-f|A field of the body, or of the query of a GET: text, or with k:=v any JSON value.', '--field|A field of the body, or of the query of a GET: text, or with k:=v any JSON value.'; '--input|The body as it is; - for standard input.' }
            'sandbox' { $s1 }
            'sandbox serve' { $s1; $s36; '--data|Keep what happens in this directory, for the next start.' }
            'sandbox reset' { $s1 }
            'sandbox act' { $s1 }
            'sandbox clock' { $s1 }
            'sandbox fault' { $s1 }
            'sandbox fault add' { $s1; '--times|How often.'; '--after|How many requests it lets through first.' }
            'sandbox fault list' { $s1 }
            'doctor' { $s1; $s3; $s4; $s5; '-p|Only this profile; a built-in one, too.', '--profile|Only this profile; a built-in one, too.'; '--offline|Reach no host.' }
            'completions' { $s1 }
            'completions bash' { $s1 }
            'completions zsh' { $s1 }
            'completions fish' { $s1 }
            'completions powershell' { $s1 }
            'completions install' { $s1; '--force|Replace a file that paycli did not make.' }
            'help' { $s1 }
            'demo' { $s1 }
        }
    }

    # Names in profiles.yaml, as far as it is written in lines: all, or those for a provider.
    function Get-PaycliProfile([string]$Provider) {
        if ($env:PAYCLI_CONFIG_DIR) {
            $folder = $env:PAYCLI_CONFIG_DIR
        } elseif ([Environment]::OSVersion.Platform -eq 'Win32NT') {
            $folder = Join-Path $env:LOCALAPPDATA 'paycli'
        } elseif ("$env:XDG_CONFIG_HOME".StartsWith('/')) {
            $folder = Join-Path $env:XDG_CONFIG_HOME 'paycli'
        } elseif (Test-Path -LiteralPath '/System/Library/CoreServices') {
            $folder = Join-Path $HOME 'Library/Application Support/paycli'
        } else {
            $folder = Join-Path $HOME '.config/paycli'
        }
        $file = Join-Path $folder 'profiles.yaml'
        if (-not (Test-Path -LiteralPath $file -PathType Leaf)) { return }
        $found = New-Object 'System.Collections.Specialized.OrderedDictionary'
        $inside = $false
        $step = ''
        $name = ''
        foreach ($line in @(Get-Content -LiteralPath $file -Encoding UTF8 -ErrorAction SilentlyContinue)) {
            if ($line -cmatch '^ *(#|$)') { continue }
            if (-not $line.StartsWith(' ')) {
                $inside = $line -cmatch '^["'']?profiles["'']? *:'
                continue
            }
            if (-not $inside) { continue }
            $line = $line -creplace ' #.*$', ''
            if ($line -cmatch '^( +)["'']?([^"'': ]+)["'']? *:( |$)' -and ($step -eq '' -or $Matches[1] -eq $step)) {
                $step = $Matches[1]
                $name = $Matches[2]
                $found[$name] = ''
            }
            if ($name -and -not $found[$name] -and
                $line -cmatch '(^|[{, ])["'']?provider["'']? *: *["'']?([a-z0-9-]+)') {
                $found[$name] = $Matches[2]
            }
        }
        foreach ($name in $found.Keys) {
            if ($name -cmatch '^[a-z0-9][a-z0-9.-]*$' -and
                (-not $Provider -or -not $found[$name] -or $found[$name] -ceq $Provider)) {
                $name
            }
        }
    }

    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text.Trim('"', "'") })
    $at = ''
    $words = @(Get-PaycliWord $at)
    $count = 0
    $expects = ''
    $ended = $false
    foreach ($word in $typed) {
        if ($expects) {
            $expects = ''
        } elseif ($ended -or -not ($word -cmatch '^-.')) {
            if ($words.Count -eq 0) {
                $count++
            } elseif (@($words | Where-Object { $_.StartsWith("$word|", [StringComparison]::Ordinal) }).Count -gt 0) {
                $at = "$at $word".Trim()
                $words = @(Get-PaycliWord $at)
            } else {
                return
            }
        } elseif ($word -ceq '--') {
            $ended = $true
        } elseif (-not $word.Contains('=') -and @(Get-PaycliValue $at $word)[0] -ne 'switch') {
            $expects = $word
        }
    }
    $lead = ''
    $current = "$wordToComplete"
    if (-not $expects -and -not $ended -and $current -cmatch '^(--[^=]*)=(.*)$') {
        $expects = $Matches[1]
        $lead = $Matches[1] + '='
        $current = $Matches[2]
    }
    $offers = @()
    $value = @()
    if ($expects) {
        $value = @(Get-PaycliValue $at $expects)
    } elseif (-not $ended -and $current.StartsWith('-')) {
        $offers = @(Get-PaycliOption $at)
    } elseif ($words.Count -gt 0) {
        $offers = $words
    } else {
        $value = @(Get-PaycliArgument $at $count)
        if (-not $ended -and $count -ge (Get-PaycliMost $at)) { $offers = @(Get-PaycliOption $at) }
    }
    if ($value.Count -gt 0) {
        $offers += switch ($value[0]) {
            'words' { $value | Select-Object -Skip 1 }
            'here' { @(Get-PaycliProfile (($at -split ' ')[0])) + 'sandbox' }
            'known' { @(Get-PaycliProfile '') + @('sandbox-tranzzo', 'sandbox-mobilepay', 'sandbox-tora', 'sandbox-toman', 'sandbox-terapay') }
            'named' { @(Get-PaycliProfile '') + @('sandbox', 'sandbox-tranzzo', 'sandbox-mobilepay', 'sandbox-tora', 'sandbox-toman', 'sandbox-terapay') }
            'filed' { @(Get-PaycliProfile '') }
        }
    }
    foreach ($offer in $offers) {
        $text, $told = "$offer" -split '\|', 2
        if ($text -and $text.StartsWith($current, [StringComparison]::Ordinal)) {
            if (-not $told) { $told = $text }
            [System.Management.Automation.CompletionResult]::new("$lead$text", $text, 'ParameterValue', $told)
        }
    }
}
