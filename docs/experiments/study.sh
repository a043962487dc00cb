#!/bin/sh
# Plays the comparisons that walls-fall.md, growth-and-saturation.md and zero-sum.md publish, and prints their tables.
# Run from the project's root; the program as built by `cargo build --release`, or as PROGRAM says.
set -eu
program=${PROGRAM:-target/release/walled-gardens}
orders=docs/experiments
case ${1:-} in
walls-fall)
    for what in wechat-pay-on-taobao jd-logistics-on-taobao cainiao-and-alipay-on-jd everything everything-and-room; do
        printf '\n## %s\n\n```\n' "$what"
        "$program" compare history/china_2024 --against "$orders/walls-fall/$what.ron" --seeds 24 --turn 33 \
            --metric share:alibaba --metric share:alibaba@tier-1 --metric share:alibaba@tier-4 --metric share:jd \
            --metric share:jd@electronics --metric share:alibaba@electronics --metric share:pinduoduo \
            --metric share:pinduoduo@tier-4 --metric share:douyin --metric wallet_share:alibaba@alipay \
            --metric payments:jd@alipay --metric payments@alipay --metric habitual@alipay --metric service_profit@alipay \
            --metric service_profit@wechat-pay --metric delivery:alibaba --metric delivery:jd --metric parcels@budget \
            --metric utilisation@jd-logistics --metric service_margin@jd-logistics --metric service_profit@jd-logistics \
            --metric service_profit@cainiao --metric profit:alibaba --metric profit:jd --metric profit:pinduoduo \
            --metric profit:tencent --metric consumer_surplus
        printf '```\n'
    done
    ;;
growth-and-saturation)
    for online in 0.3 0.95; do
        for what in east-opens-its-wallet both-open-their-wallets east-opens-its-app both-open-their-apps; do
            printf '\n## %s, %s online at first\n\n```\n' "$what" "$online"
            "$program" compare arena/two_ecosystems --base "$orders/growth-and-saturation/nothing.ron" \
                --against "$orders/growth-and-saturation/$what.ron" --seeds 48 \
                --set "regions.city.online=$online" --set "regions.country.online=$online" \
                --metric share:east --metric profit:east --metric profit:west --metric value:east --metric value:west \
                --metric online_sales --metric habitual@east-pay --metric habitual@west-pay
            printf '```\n'
        done
    done
    ;;
zero-sum)
    for online in 0.3 0.6 0.95; do
        for walls in closed open; do
            for what in coupon answered; do
                printf '\n## %s, %s, %s online at first\n\n```\n' "$walls" "$what" "$online"
                "$program" compare arena/two_ecosystems --base "$orders/zero-sum/$walls.ron" \
                    --against "$orders/zero-sum/$walls-$what.ron" --seeds 48 --turn 14 \
                    --set "regions.city.online=$online" --set "regions.country.online=$online" \
                    --metric gmv:east --metric gmv:west --metric users:east --metric coupons:east --metric overlap:east \
                    --metric profit:east --metric value:east
                printf '```\n'
            done
        done
    done
    ;;
*)
    echo "usage: $0 walls-fall|growth-and-saturation|zero-sum" >&2
    exit 2
    ;;
esac
