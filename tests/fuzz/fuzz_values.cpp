// SPDX-License-Identifier: GPL-3.0-or-later
// Quantities, ages, durations, times and numbers: texts of a few characters that stand all over the objects.
#include "core/base/age.h"
#include "core/base/quantity.h"
#include "core/base/text.h"
#include "core/fleet/filter/value.h"
#include "core/kube/auth/time_text.h"
#include "core/kube/decode/go_number.h"
#include "core/kube/status.h"
#include "tests/fuzz/rows_check.h"

#include <cstring>

namespace {

using base::Quantity;
using fuzz::require;

void checkQuantity(std::string_view text) {
    const auto quantity = Quantity::parse(text);
    require(base::quantityUnits(text) == (quantity ? std::optional(quantity->units()) : std::nullopt),
            "the short way to units goes elsewhere");
    require(base::quantityMilli(text) == (quantity ? std::optional(quantity->milli()) : std::nullopt),
            "the short way to thousandths goes elsewhere");
    if (!quantity)
        return;
    const std::string canonical = quantity->toText();
    const auto again = Quantity::parse(canonical);
    require(again && *again == *quantity, "a quantity does not read back what it prints");
    require(again->toText() == canonical, "a canonical quantity prints otherwise");
    Quantity sum = *quantity;
    sum += *quantity;
    require(quantity->isZero() || (sum.units() < 0) == (quantity->units() < 0), "a sum changes its sign");
    sum -= sum;
    require(sum.isZero(), "a difference from itself is something");
}

void checkTimes(std::string_view text) {
    if (const auto time = base::parseTime(text)) {
        const std::string printed = base::formatTime(*time);
        const auto again = base::parseTime(printed);
        require(*time <= 1 || (again && *again <= *time && *time - *again < 1000), "a time reads back as another");
        static_cast<void>(base::humanDuration(*time));
    }
    static_cast<void>(kube::httpDateMs(text));
    static_cast<void>(kube::tokenEnd(text));
}

void checkFilterValues(std::string_view text) {
    const std::size_t half = text.size() / 2;
    const std::string_view a = text.substr(0, half);
    const std::string_view b = text.substr(half);
    static_cast<void>(fleet::parseAmount(text));
    static_cast<void>(fleet::parseRatio(text));
    if (const auto duration = fleet::parseDurationMs(text))
        require(*duration >= 0, "a negative duration");
    const int order = fleet::compareNatural(a, b);
    const int back = fleet::compareNatural(b, a);
    require((order < 0) == (back > 0) && (order > 0) == (back < 0), "an order is not the same from both sides");
    require(fleet::compareNatural(a, a) == 0, "a text differs from itself");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::viewOf(data, size);
    checkQuantity(text);
    checkTimes(text);
    checkFilterValues(text);
    const std::string number = kube::decode::goNumber(text);
    require(kube::decode::goNumber(number) == number, "a number does not read back what it prints");
    if (const auto whole = base::parseNumber(text)) {
        std::string printed;
        base::appendNumber(printed, *whole);
        require(base::parseNumber(printed) == whole, "an integer reads back as another");
    }
    std::int64_t milliseconds = 0;
    std::memcpy(&milliseconds, data, std::min(size, sizeof milliseconds));
    require(!base::humanDuration(milliseconds).empty() && !base::shortHumanDuration(milliseconds).empty(),
            "an age prints nothing");
    return 0;
}
