# Completion of paycli for bash 3.2 and newer, made by: paycli completions bash
# It knows every word and option by itself; names of profiles are read from profiles.yaml. It starts no process.

_paycli() {
  local IFS=$' \t\n' at= expects= prefix= words= offers= kind= ended= count=0 most=1 i word
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  _paycli_words
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $expects ]]; then
      [[ $word == = ]] || expects=
    elif [[ $ended || $word != -?* ]]; then
      if [[ -z $words ]]; then
        count=$((count + 1))
      elif [[ " $words " == *" $word "* ]]; then
        at=${at:+$at }$word
        _paycli_words
      else
        return 0
      fi
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word != *=* ]]; then
      _paycli_value "$word"
      [[ $kind == switch ]] || expects=$word
    fi
  done
  [[ $expects && $current == = ]] && current=
  if [[ -z $expects && -z $ended && $current == --*=* ]]; then
    expects=${current%%=*} prefix=${current%%=*}= current=${current#*=}
    # bash 3.2 gives the whole word here, and yet replaces only what stands behind the sign.
    [[ $COMP_WORDBREAKS == *=* ]] && prefix=
  fi
  if [[ $expects ]]; then
    _paycli_value "$expects"
  elif [[ -z $ended && $current == -* ]]; then
    _paycli_options
  elif [[ -z $words ]]; then
    _paycli_argument
    [[ $count -lt $most || $ended ]] || _paycli_options
  else
    offers=$words
  fi
  case $kind in
    files) compopt -o default 2>/dev/null ;;
    folders) compopt -o dirnames 2>/dev/null ;;
    here) _paycli_profiles "${at%% *}"; offers+=' sandbox' ;;
    known) _paycli_profiles; offers+=' sandbox-tranzzo sandbox-mobilepay sandbox-tora sandbox-toman sandbox-terapay' ;;
    named) _paycli_profiles; offers+=' sandbox sandbox-tranzzo sandbox-mobilepay sandbox-tora sandbox-toman sandbox-terapay' ;;
    filed) _paycli_profiles ;;
  esac
  for word in $offers; do
    [[ $word == "$current"* ]] && COMPREPLY+=("$prefix$word")
  done
  return 0
}

# The words that may follow the command so far; none where it is complete.
_paycli_words() {
  case $at in
    '') words='tranzzo mobilepay tora toman terapay profiles secrets operations find bulk journal api sandbox doctor completions help demo' ;;
    tranzzo) words='health check pay payout p2p p2p-credit lookup split capture void refund orders transactions recurring webhooks bins ips reports receipts mvisa-qr payways codes' ;;
    'tranzzo pay') words='hosted qr card token privat24 payparts apple-pay google-pay mvisa apm' ;;
    'tranzzo payout') words='apm card token' ;;
    'tranzzo p2p') words='card token' ;;
    'tranzzo p2p-credit') words='card token' ;;
    'tranzzo lookup') words='card hosted' ;;
    'tranzzo split') words='hosted card capture refund' ;;
    'tranzzo orders') words='show operation' ;;
    'tranzzo transactions') words='list' ;;
    'tranzzo recurring') words='cancel refund' ;;
    'tranzzo webhooks') words='resend verify sign listen' ;;
    'tranzzo bins') words='show' ;;
    'tranzzo ips') words='show' ;;
    'tranzzo reports') words='start fetch run' ;;
    'tranzzo receipts') words='show day' ;;
    'tranzzo mvisa-qr') words='create' ;;
    'tranzzo payways') words='list show' ;;
    'tranzzo codes') words='list show' ;;
    mobilepay) words='payments refunds terminals pos stores tokens' ;;
    'mobilepay payments') words='start start-by-pos prepare ready show list status capture cancel id-by-state id-by-terminal id-by-pos clear' ;;
    'mobilepay refunds') words='create show list capture cancel' ;;
    'mobilepay terminals') words='qr-code show create-pos delete-pos check-in' ;;
    'mobilepay pos') words='check-in' ;;
    'mobilepay stores') words='list show' ;;
    'mobilepay tokens') words='create reset' ;;
    tora) words='topups bills elaiko reclamations transactions reports' ;;
    'tora topups') words='create capture void products' ;;
    'tora bills') words='show pay capture void' ;;
    'tora elaiko') words='request issue buy' ;;
    'tora reclamations') words='create' ;;
    'tora transactions') words='list show' ;;
    'tora reports') words='start show run' ;;
    toman) words='login refresh payments reports terminals psps psp-accounts logout' ;;
    'toman payments') words='list show' ;;
    'toman reports') words='list download' ;;
    'toman terminals') words='create show' ;;
    'toman psps') words='list show' ;;
    'toman psp-accounts') words='list show' ;;
    terapay) words='portal users developers batches cards checkout clients customers wallet transfers permissions roles api-keys sms logout' ;;
    'terapay portal') words='login reset-password' ;;
    'terapay users') words='create override-permissions' ;;
    'terapay developers') words='register' ;;
    'terapay batches') words='submit process show retry' ;;
    'terapay cards') words='submit' ;;
    'terapay checkout') words='create' ;;
    'terapay clients') words='register approve show transactions' ;;
    'terapay customers') words='register login' ;;
    'terapay wallet') words='top-up transfer pay statement' ;;
    'terapay transfers') words='bank resend-otp mobile client-bank client-mobile' ;;
    'terapay permissions') words='create import' ;;
    'terapay roles') words='create set-permissions' ;;
    'terapay api-keys') words='create' ;;
    'terapay sms') words='send bulk send-as' ;;
    profiles) words='list show set use remove check path add' ;;
    secrets) words='set delete status' ;;
    operations) words='list show export-routes' ;;
    bulk) words='run status report' ;;
    journal) words='list show resolve verify export prune' ;;
    sandbox) words='serve reset act clock fault' ;;
    'sandbox fault') words='add list' ;;
    completions) words='bash zsh fish powershell install' ;;
    *) words= ;;
  esac
}

# What follows an option.
_paycli_value() {
  kind= offers=
  case "$at $1" in
    'find -p' | 'journal list -p' | 'doctor -p' | 'find --profile' | 'journal list --profile' | 'doctor --profile') kind=known ;;
    'bulk run -p' | 'bulk status -p' | 'bulk report -p' | 'bulk run --profile' | 'bulk status --profile' | 'bulk report --profile') kind=named ;;
    'tranzzo transactions list --method' | 'terapay wallet statement --type' | 'terapay clients register --state') kind=free ;;
    'tora transactions list --status') kind=words offers='captured canceled' ;;
    'toman payments list --status') kind=words offers='success failed' ;;
    'sandbox serve --data') kind=folders ;;
    'tora reports start --format' | 'tora reports run --format') kind=words offers='csv excel txt pdf' ;;
    'tranzzo mvisa-qr create --type') kind=words offers='raw png' ;;
    'tora transactions list --type') kind=words offers='BP TOPUP ELAIKO' ;;
    'terapay clients transactions --type') kind=words offers='bank mobile' ;;
    'journal list --state') kind=words offers='intended sending succeeded pending rejected not-sent unknown' ;;
    'profiles add --http-method') kind=words offers='post get' ;;
  esac
  [[ $kind ]] && return
  case $1 in
    -[!-]?*) kind=switch ;;
    --version | --help | --dry-run | -v | --verbose | --yes | --again | --no-preflight | --card-stdin | --cryptogram-stdin | --wait | --cc-token-stdin | --wallet-token-stdin | --unlisted | --recipient-cc-token-stdin | --all | --require-complete | --force | --show | --save | --two-step | --show-pin | --otp-stdin | --remember-me | --reset-stdin | --generate-api-key | --password-stdin | --none | --offline) kind=switch ;;
    -p | --profile) kind=here ;;
    -o | --output) kind=words offers='table json ndjson csv yaml id' ;;
    --order-3ds-bypass) kind=words offers='always supported never' ;;
    --payload-file | --products | --browser-fingerprint | --cryptogram | --wallet-token | --event | --out | --qr-png | --overrides | --permission-ids-file | --input) kind=files ;;
    --method) kind=words offers='auth purchase' ;;
    --status) kind=words offers='init pending success failure' ;;
    --preflight) kind=words offers='proceed reject' ;;
    --statuses) kind=words offers='success pending failure init' ;;
    --methods) kind=words offers='auth purchase capture void p2p credit lookup refund dispute recurrent' ;;
    --transaction-details) kind=words offers='projectId orderId paymentId amount currency method status dateTime cardMask payway customerFee merchantFee entityName projectName originalAmount exchangeAmount exchangeCurrency exchangeRate tokenizationKind authCode rrnCode description payload paymentSystem recipientCardMask reserveAmount receiverName receiverAmount receiverFee' ;;
    --format) kind=words offers='html pdf' ;;
    --type) kind=words offers='transactions actions' ;;
    --direction) kind=words offers='in out' ;;
    --state) kind=words offers='Captured' ;;
    --payment-state) kind=words offers='Initiated Prepared Paired IssuedToUser Reserved Captured CancelledByUser CancelledByClient CancelledByMobilePay ExpiredAndCancelled RejectedByMobilePayDueToAgeRestrictions' ;;
    --media) kind=folders ;;
    --odd-or-even) kind=words offers='ODD EVEN' ;;
    --trans-type) kind=words offers='BP TOPUP' ;;
    --terminal-type) kind=words offers='ipg pos' ;;
    --enabled | --require-reason | --card-data | --sign-get | --accept-repeats) kind=words offers='true false' ;;
    --client-type) kind=words offers='Individual Company' ;;
    --http-method) kind=words offers='GET POST PUT PATCH DELETE HEAD OPTIONS' ;;
    --provider) kind=words offers='tranzzo mobilepay tora toman terapay' ;;
    --environment) kind=words offers='test live' ;;
    --access) kind=words offers='read write' ;;
    --signing) kind=words offers='hmac-sha1 sha1 plain' ;;
    --first-page) kind=words offers='0 1' ;;
    --client-auth) kind=words offers='body basic' ;;
    --payments-segment) kind=words offers='name code' ;;
    --as) kind=words offers='succeeded not-sent' ;;
    *) kind=free ;;
  esac
}

# What the next argument may be, and how many there are at most.
_paycli_argument() {
  case $at in
    'tranzzo health' | 'tranzzo check' | 'tranzzo transactions list' | 'tranzzo webhooks verify' | 'tranzzo webhooks sign' | 'tranzzo webhooks listen' | 'tranzzo reports start' | 'tranzzo reports run' | 'tranzzo mvisa-qr create' | 'tranzzo payways list' | 'tranzzo codes list' | 'mobilepay payments list' | 'mobilepay stores list' | 'mobilepay tokens create' | 'mobilepay tokens reset' | 'tora topups products' | 'tora transactions list' | 'tora reports start' | 'tora reports run' | 'toman login' | 'toman refresh' | 'toman reports list' | 'toman terminals create' | 'toman psps list' | 'toman psp-accounts list' | 'toman logout' | 'terapay portal login' | 'terapay portal reset-password' | 'terapay users create' | 'terapay developers register' | 'terapay cards submit' | 'terapay checkout create' | 'terapay clients register' | 'terapay customers register' | 'terapay customers login' | 'terapay wallet top-up' | 'terapay wallet pay' | 'terapay wallet statement' | 'terapay permissions create' | 'terapay roles create' | 'terapay api-keys create' | 'terapay sms bulk' | 'terapay logout' | 'profiles list' | 'profiles path' | 'secrets status' | 'operations list' | 'journal list' | 'journal verify' | 'journal export' | 'journal prune' | 'sandbox serve' | 'sandbox reset' | 'sandbox fault list' | doctor | 'completions bash' | 'completions zsh' | 'completions fish' | 'completions powershell' | demo) most=0 ;;
    'tranzzo pay apm' | 'tranzzo payout apm' | 'tranzzo orders operation' | 'tranzzo recurring refund' | 'tranzzo webhooks resend' | 'mobilepay payments id-by-terminal' | 'mobilepay payments id-by-pos' | 'terapay transfers client-bank' | 'terapay transfers client-mobile' | 'secrets set' | 'secrets delete') most=2 ;;
    'terapay batches retry' | 'operations show') most=99 ;;
    'profiles set' | api | 'sandbox act' | 'sandbox fault add') most=3 ;;
  esac
  kind= offers=
  case "$at $count" in
    'toman payments list 0') kind=words offers='ipg pos' ;;
    'terapay batches submit 0' | 'terapay transfers mobile 0' | 'terapay transfers client-bank 1' | 'terapay transfers client-mobile 1' | 'terapay permissions import 0' | 'bulk run 0' | 'bulk status 0' | 'bulk report 0') kind=files ;;
    'profiles show 0' | 'profiles check 0' | 'api 0') kind=known ;;
    'profiles set 0' | 'profiles use 0' | 'profiles remove 0' | 'secrets set 0' | 'secrets delete 0') kind=filed ;;
    'profiles set 1') kind=words offers='provider environment access base_url currency confirm_above require_reason card_data late_arrival key_lifetime ca_bundle proxy pos_id signing signing_label sign_get timezone report_url bio_code http_method accept_repeats username terminal_id first_page client_id scopes auth_url client_auth payments_segment portal_username api_key_header api_secret_header timeout.connect timeout.read timeout.settle' ;;
    'secrets set 1' | 'secrets delete 1') kind=words offers='api_key api_secret endpoints_key access_token password client_secret portal_password portal_cookie wallet_token' ;;
    'operations export-routes 0' | 'sandbox act 0' | 'sandbox fault add 0') kind=words offers='tranzzo mobilepay tora toman terapay' ;;
    'api 1') kind=words offers='GET POST PUT PATCH DELETE' ;;
    'sandbox fault add 2') kind=words offers='refuse timeout slow drip reset truncate garbage html-502 redirect drop-before-commit drop-after-commit commit-late 401 408 409 429 500 503 pending stale-read twin repeat' ;;
    'completions install 0') kind=words offers='bash zsh fish powershell' ;;
    'help 0') kind=words offers='exit-codes profiles output safety environment' ;;
  esac
}

_paycli_options() {
  local \
    s1='--help' \
    s2='-p --profile' \
    s3='-o --output' \
    s4='--query' \
    s5='--columns' \
    s6='--dry-run' \
    s7='--timeout' \
    s8='-v --verbose' \
    s9='--amount' \
    s10='--currency' \
    s11='--description' \
    s12='--order-3ds-bypass --result-url --validation-url --merchant-mcc --payload --payload-file --customer-id --customer-fname --customer-lname --customer-email --customer-phone --customer-ip --customer-country' \
    s13='--server-url' \
    s14='--products' \
    s15='--method' \
    s16='--customer-lang' \
    s17='--payway' \
    s18='--yes' \
    s19='--reason' \
    s20='--again --no-preflight' \
    s21='--request-id' \
    s22='--card-stdin' \
    s23='--browser-fingerprint' \
    s24='--customer-referrer' \
    s25='--wait' \
    s26='--wait-timeout' \
    s27='--cc-token-stdin --cc-token' \
    s28='--property' \
    s29='--wallet-token-stdin --wallet-token' \
    s30='--customer-city --customer-birthday' \
    s31='--unlisted' \
    s32='--external-fee' \
    s33='--all' \
    s34='--comment' \
    s35='--split' \
    s36='--from' \
    s37='--to' \
    s38='--status' \
    s39='--limit' \
    s40='--require-complete' \
    s41='--data' \
    s42='--order-id' \
    s43='--port' \
    s44='--statuses --methods --transaction-details' \
    s45='--out' \
    s46='--force' \
    s47='--format' \
    s48='--type' \
    s49='--direction' \
    s50='--terminal-id' \
    s51='--state' \
    s52='--payment-state' \
    s53='--show --save' \
    s54='--reference' \
    s55='--two-step' \
    s56='--media' \
    s57='--mobile --ending --thousand --odd-or-even' \
    s58='--mid --cancel-from --cancel-to' \
    s59='--trans-type' \
    s60='--terminal-number' \
    s61='--username' \
    s62='--email' \
    s63='--total' \
    s64='--name' \
    s65='--phone-number' \
    s66='--password-stdin' \
    s67='--http-method' \
    s68='--permission-ids --permission-ids-file' \
    s69='--message' \
    s70='--provider' \
    s71='--since' \
    s72='--command' \
    s73='--concurrency'
  case $at in
    '') offers="$s1 --version" ;;
    tranzzo | 'tranzzo pay' | 'tranzzo payout' | 'tranzzo p2p' | 'tranzzo p2p-credit' | 'tranzzo lookup' | 'tranzzo split' | 'tranzzo orders' | 'tranzzo transactions' | 'tranzzo recurring' | 'tranzzo webhooks' | 'tranzzo bins' | 'tranzzo ips' | 'tranzzo reports' | 'tranzzo receipts' | 'tranzzo mvisa-qr' | 'tranzzo payways' | 'tranzzo codes' | mobilepay | 'mobilepay payments' | 'mobilepay refunds' | 'mobilepay terminals' | 'mobilepay pos' | 'mobilepay stores' | 'mobilepay tokens' | tora | 'tora topups' | 'tora bills' | 'tora elaiko' | 'tora reclamations' | 'tora transactions' | 'tora reports' | toman | 'toman payments' | 'toman reports' | 'toman terminals' | 'toman psps' | 'toman psp-accounts' | terapay | 'terapay portal' | 'terapay users' | 'terapay developers' | 'terapay batches' | 'terapay cards' | 'terapay checkout' | 'terapay clients' | 'terapay customers' | 'terapay wallet' | 'terapay transfers' | 'terapay permissions' | 'terapay roles' | 'terapay api-keys' | 'terapay sms' | profiles | 'profiles set' | 'profiles use' | 'profiles path' | secrets | 'secrets set' | operations | 'operations export-routes' | bulk | journal | 'journal verify' | sandbox | 'sandbox reset' | 'sandbox act' | 'sandbox clock' | 'sandbox fault' | 'sandbox fault list' | completions | 'completions bash' | 'completions zsh' | 'completions fish' | 'completions powershell' | help | demo) offers="$s1" ;;
    'tranzzo health' | 'tranzzo check' | 'tranzzo orders show' | 'tranzzo orders operation' | 'tranzzo bins show' | 'tranzzo ips show' | 'tranzzo reports fetch' | 'mobilepay payments show' | 'mobilepay payments status' | 'mobilepay refunds show' | 'mobilepay terminals qr-code' | 'mobilepay terminals show' | 'mobilepay terminals check-in' | 'mobilepay pos check-in' | 'mobilepay stores show' | 'tora transactions show' | 'tora reports show' | 'toman refresh' | 'toman payments show' | 'toman terminals show' | 'toman psps show' | 'toman psp-accounts show' | 'terapay batches show' | 'terapay clients show') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8" ;;
    'tranzzo pay hosted') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s16 $s17 $s18 $s19 $s20 $s21 --equivalent-amount --equivalent-currency" ;;
    'tranzzo pay qr') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s16 $s18 $s19 $s20 $s21" ;;
    'tranzzo pay card') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s18 $s19 $s20 $s21 $s22 $s23 $s24 $s25 $s26 --cryptogram-stdin --cryptogram" ;;
    'tranzzo pay token') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s18 $s19 $s20 $s21 $s23 $s24 $s25 $s26 $s27" ;;
    'tranzzo pay privat24') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s18 $s19 $s20 $s21 $s25 $s26" ;;
    'tranzzo pay payparts') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s18 $s19 $s20 $s21 $s25 $s26 $s28 --parts-count" ;;
    'tranzzo pay apple-pay' | 'tranzzo pay google-pay') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s18 $s19 $s20 $s21 $s23 $s24 $s25 $s26 $s29" ;;
    'tranzzo pay mvisa') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s15 $s18 $s19 $s20 $s21 $s22 $s23 $s24 $s25 $s26 $s27 $s28 --mvisa-qr" ;;
    'tranzzo pay apm' | 'tranzzo payout apm') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s17 $s18 $s19 $s20 $s21 $s25 $s26 $s28 $s30 $s31" ;;
    'tranzzo payout card') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s18 $s19 $s20 $s21 $s22 $s25 $s26 $s28 $s30" ;;
    'tranzzo payout token') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s18 $s19 $s20 $s21 $s25 $s26 $s27 $s28 $s30" ;;
    'tranzzo p2p card') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s18 $s19 $s20 $s21 $s22 $s23 $s25 $s26 $s32" ;;
    'tranzzo p2p token') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s18 $s19 $s20 $s21 $s22 $s23 $s25 $s26 $s27 $s32 --recipient-cc-token-stdin --recipient-cc-token" ;;
    'tranzzo p2p-credit card') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s13 $s18 $s19 $s20 $s21 $s22 $s25 $s26 $s33 $s34" ;;
    'tranzzo p2p-credit token') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s13 $s18 $s19 $s20 $s21 $s25 $s26 $s27 $s33 $s34" ;;
    'tranzzo lookup card') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s18 $s19 $s20 $s21 $s22 $s25 $s26" ;;
    'tranzzo lookup hosted') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s18 $s19 $s20 $s21" ;;
    'tranzzo split hosted') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s16 $s18 $s19 $s20 $s21 $s35" ;;
    'tranzzo split card') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s11 $s12 $s13 $s14 $s18 $s19 $s20 $s21 $s22 $s23 $s25 $s26 $s35" ;;
    'tranzzo split capture' | 'tranzzo split refund') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s13 $s18 $s19 $s20 $s21 $s25 $s26 $s34 $s35" ;;
    'tranzzo capture' | 'tranzzo refund') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s13 $s18 $s19 $s20 $s21 $s25 $s26 $s33 $s34" ;;
    'tranzzo void') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s10 $s13 $s18 $s19 $s20 $s21 $s25 $s26 $s34" ;;
    'tranzzo transactions list') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s15 $s33 $s36 $s37 $s38 $s39 $s40" ;;
    'tranzzo recurring cancel' | 'tranzzo webhooks resend' | 'tora reclamations create' | 'terapay transfers resend-otp' | 'terapay permissions import') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21" ;;
    'tranzzo recurring refund') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s13 $s18 $s19 $s20 $s21 $s33 $s34" ;;
    'tranzzo webhooks verify') offers="$s1 $s2 $s3 $s4 $s5 $s41 --signature" ;;
    'tranzzo webhooks sign') offers="$s1 $s2 $s37 $s42 --event" ;;
    'tranzzo webhooks listen') offers="$s1 $s2 $s3 $s5 $s43 --forward-to --preflight" ;;
    'tranzzo reports start') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s36 $s37 $s44" ;;
    'tranzzo reports run') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s26 $s36 $s37 $s44 $s45 $s46" ;;
    'tranzzo receipts show' | 'tranzzo receipts day') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s45 $s46 $s47" ;;
    'tranzzo mvisa-qr create') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s18 $s19 $s20 $s21 $s22 $s45 $s46 $s48 --mcc --merchant-name --merchant-city --country-code --qr-png" ;;
    'tranzzo payways list' | 'tranzzo payways show') offers="$s1 $s3 $s4 $s5 $s49" ;;
    'tranzzo codes list' | 'tranzzo codes show' | 'profiles list' | 'profiles show' | 'profiles check' | 'secrets status' | 'operations show') offers="$s1 $s3 $s4 $s5" ;;
    'mobilepay payments start' | 'mobilepay payments start-by-pos') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s18 $s19 $s20 $s21 $s25 $s26 $s42" ;;
    'mobilepay payments prepare') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s42" ;;
    'mobilepay payments ready') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s18 $s19 $s20 $s21 $s25 $s26 $s42 $s50" ;;
    'mobilepay payments list') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s33 $s39 $s40 $s42 $s50 $s51" ;;
    'mobilepay payments capture') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s18 $s19 $s20 $s21 $s25 $s26" ;;
    'mobilepay payments cancel' | 'mobilepay refunds capture' | 'mobilepay refunds cancel' | 'mobilepay terminals create-pos' | 'mobilepay terminals delete-pos' | 'terapay batches process' | 'terapay batches retry' | 'terapay clients approve') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s25 $s26" ;;
    'mobilepay payments id-by-state') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s51" ;;
    'mobilepay payments id-by-terminal' | 'mobilepay payments id-by-pos') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s52" ;;
    'mobilepay payments clear') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20" ;;
    'mobilepay refunds create') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s18 $s19 $s20 $s21 --refund-order-id" ;;
    'mobilepay refunds list' | 'mobilepay stores list' | 'toman psps list' | 'toman psp-accounts list') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s33 $s39 $s40" ;;
    'mobilepay tokens create' | 'mobilepay tokens reset') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s53" ;;
    'tora topups create') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s50 $s54 $s55 --paysafecard-shop-id --paysafecard-terminal-id --show-pin" ;;
    'tora topups capture' | 'tora topups void' | 'tora bills capture' | 'tora bills void') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s25 $s26 $s50" ;;
    'tora topups products') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s56" ;;
    'tora bills show') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s50" ;;
    'tora bills pay') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s18 $s19 $s20 $s21 $s50 $s54 $s55 $s56 --product-code --phone --option" ;;
    'tora elaiko request') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s50 $s57" ;;
    'tora elaiko issue') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 --otp-stdin" ;;
    'tora elaiko buy') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s50 $s57" ;;
    'tora transactions list') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s33 $s36 $s37 $s38 $s39 $s40 $s48 $s50 $s54 $s58" ;;
    'tora reports start') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s36 $s37 $s47 $s48 $s50 $s58 $s59" ;;
    'tora reports run') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s26 $s36 $s37 $s45 $s46 $s47 $s48 $s50 $s58 $s59" ;;
    'toman login') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 --scope" ;;
    'toman payments list') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s33 $s36 $s37 $s38 $s39 $s40 $s60 --card-mask" ;;
    'toman reports list') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s25 $s26 $s33 $s39 $s40" ;;
    'toman reports download') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s45 $s46" ;;
    'toman terminals create') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s11 $s18 $s19 $s20 $s21 $s60 --terminal-type --psp-account-uuid --acceptor-code --start-fetch-time --enabled" ;;
    'toman logout' | 'terapay logout') offers="$s1 $s2 $s8" ;;
    'terapay portal login') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s61 --remember-me" ;;
    'terapay portal reset-password') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s62 --reset-stdin" ;;
    'terapay users create') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s53 $s62 --user-name --roles --generate-api-key" ;;
    'terapay users override-permissions') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 --grant --revoke --overrides" ;;
    'terapay developers register') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 --developer-name --developer-email --developer-phone-number --role-id" ;;
    'terapay batches submit') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s63 --batch-name" ;;
    'terapay cards submit') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s22" ;;
    'terapay checkout create') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s10 $s18 $s19 $s20 $s21 --return-url" ;;
    'terapay clients register') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s51 $s64 $s65 --client-type --contact-person --email-address --address --city --country" ;;
    'terapay clients transactions') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s33 $s39 $s40 $s48" ;;
    'terapay customers register') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s62 $s66 --full-name" ;;
    'terapay customers login') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s62 $s66" ;;
    'terapay wallet top-up' | 'terapay wallet transfer') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s11 $s18 $s19 $s20 $s21 $s25 $s26" ;;
    'terapay wallet pay') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s11 $s18 $s19 $s20 $s21 $s25 $s26 --external-reference" ;;
    'terapay wallet statement') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s33 $s36 $s37 $s39 $s40 $s48" ;;
    'terapay transfers bank') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s9 $s18 $s19 $s20 $s21 --narration" ;;
    'terapay transfers mobile') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s63" ;;
    'terapay transfers client-bank') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s63 --account-number" ;;
    'terapay transfers client-mobile') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s63 $s65" ;;
    'terapay permissions create') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s64 $s67 --route-pattern" ;;
    'terapay roles create') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s64 $s68" ;;
    'terapay roles set-permissions') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s68 --none" ;;
    'terapay api-keys create') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s11 $s18 $s19 $s20 $s21 $s53" ;;
    'terapay sms send') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s69" ;;
    'terapay sms bulk') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s69 --phone-numbers" ;;
    'terapay sms send-as') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 $s69 --sender-id" ;;
    'profiles remove' | 'secrets delete') offers="$s1 $s18" ;;
    'profiles add') offers="$s1 $s10 $s50 $s61 $s67 $s70 --environment --access --base-url --confirm-above --require-reason --card-data --late-arrival --key-lifetime --ca-bundle --proxy --pos-id --signing --signing-label --sign-get --timezone --report-url --bio-code --accept-repeats --first-page --client-id --scopes --auth-url --client-auth --payments-segment --portal-username --api-key-header --api-secret-header" ;;
    'operations list') offers="$s1 $s3 $s4 $s5 $s70" ;;
    find) offers="$s1 $s2 $s3 $s4 $s5 $s7 $s8 $s70 $s71" ;;
    'bulk run') offers="$s1 $s2 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s39 $s72 $s73 --rate" ;;
    'bulk status') offers="$s1 $s2 $s3 $s4 $s5 $s72" ;;
    'bulk report') offers="$s1 $s2 $s3 $s4 $s5 $s72 $s73" ;;
    'journal list') offers="$s1 $s2 $s3 $s4 $s5 $s33 $s39 $s51 $s71" ;;
    'journal show' | 'journal export') offers="$s1 $s3 $s4" ;;
    'journal resolve') offers="$s1 $s3 $s4 $s19 --as" ;;
    'journal prune') offers="$s1 --before" ;;
    api) offers="$s1 $s3 $s4 $s5 $s6 $s7 $s8 $s18 $s19 $s20 $s21 -f --field --input" ;;
    'sandbox serve') offers="$s1 $s41 $s43" ;;
    'sandbox fault add') offers="$s1 --times --after" ;;
    doctor) offers="$s1 $s2 $s3 $s4 $s5 --offline" ;;
    'completions install') offers="$s1 $s46" ;;
  esac
}

# Names in profiles.yaml, as far as it is written in lines: all, or those for the provider $1.
_paycli_profiles() {
  local only=${1-} file=${XDG_CONFIG_HOME-} line name= of= step= inside=
  local quote="[\"']?" blank='^ *(#|$)' top entry owner
  top="^${quote}profiles${quote} *:" entry="^( +)${quote}([^\"': ]+)${quote} *:( |\$)"
  owner="(^|[{, ])${quote}provider${quote} *: *${quote}([a-z0-9-]+)"
  case $OSTYPE in
    msys* | cygwin*) file=${LOCALAPPDATA-} ;;
    darwin*) [[ $file == /* ]] || file="$HOME/Library/Application Support" ;;
    *) [[ $file == /* ]] || file=$HOME/.config ;;
  esac
  file=${PAYCLI_CONFIG_DIR:-$file/paycli}/profiles.yaml
  [[ -f $file && -r $file ]] || return
  while IFS= read -r line || [[ $line ]]; do
    line=${line%$'\r'} line=${line#$'\xef\xbb\xbf'}
    [[ $line =~ $blank ]] && continue
    if [[ $line != ' '* ]]; then
      inside=
      [[ $line =~ $top ]] && inside=1
      continue
    fi
    [[ $inside ]] || continue
    line=${line%% #*}
    if [[ $line =~ $entry && (-z $step || ${BASH_REMATCH[1]} == "$step") ]]; then
      _paycli_named
      step=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]} of=
    fi
    [[ -z $of && $line =~ $owner ]] && of=${BASH_REMATCH[2]}
  done <"$file"
  _paycli_named
}

_paycli_named() {
  if [[ -z $only || -z $of || $of == "$only" ]]; then
    case $name in
      '' | [!a-z0-9]* | *[!a-z0-9.-]*) ;;
      *) offers+=" $name" ;;
    esac
  fi
}

if [[ ${BASH_VERSINFO[0]} -lt 4 ]]; then
  complete -o default -F _paycli paycli
else
  complete -F _paycli paycli
fi
