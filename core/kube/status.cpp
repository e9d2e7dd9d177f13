// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/status.h"

#include "core/kube/decode/protobuf_value.h"
#include "core/kube/decode/status_object.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <exception>

namespace kube {

namespace {

using base::ErrorCode;

constexpr std::string_view kProtobufMagic{"k8s\0", 4};
constexpr std::size_t kMostText = 300;
constexpr std::size_t kMostCauses = 1000;
/// As the engine has it: no server can send us away for longer by one answer.
constexpr std::chrono::milliseconds kMostPatience(300000);

std::string text(const simdjson::dom::object& object, std::string_view key) {
    std::string_view value;
    return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

std::int64_t number(const simdjson::dom::object& object, std::string_view key) {
    std::int64_t value = 0;
    return object[key].get(value) == simdjson::SUCCESS ? value : 0;
}

std::vector<base::ErrorCause> causesOf(const simdjson::dom::object& details) {
    std::vector<base::ErrorCause> causes;
    simdjson::dom::array list;
    if (details["causes"].get(list) != simdjson::SUCCESS)
        return causes;
    for (const simdjson::dom::element item : list) {
        simdjson::dom::object cause;
        if (item.get(cause) == simdjson::SUCCESS && causes.size() < kMostCauses)
            causes.push_back({text(cause, "reason"), text(cause, "field"), text(cause, "message")});
    }
    return causes;
}

enum class KindOf { Named, Given };

std::optional<Status> parseJson(std::string_view body, KindOf kind) {
    simdjson::dom::parser parser;
    simdjson::dom::object root;
    if (parser.parse(simdjson::padded_string(body)).get(root) != simdjson::SUCCESS ||
        (kind == KindOf::Named ? text(root, "kind") != "Status" : text(root, "status").empty()))
        return std::nullopt;
    Status status;
    status.code = static_cast<int>(number(root, "code"));
    status.isSuccess = text(root, "status") == "Success";
    status.reason = text(root, "reason");
    status.message = text(root, "message");
    simdjson::dom::object details;
    if (root["details"].get(details) == simdjson::SUCCESS) {
        status.name = text(details, "name");
        status.kind = text(details, "kind");
        status.retryAfter = retryAfterSeconds(number(details, "retryAfterSeconds"));
        status.causes = causesOf(details);
    }
    return status;
}

// runtime.Unknown { 1: TypeMeta { 1: apiVersion, 2: kind }, 2: raw }; raw is the Status.
std::optional<Status> parseProtobuf(std::string_view body) {
    try {
        std::string_view kind;
        std::string_view raw;
        decode::ProtobufValue unknown(body.substr(kProtobufMagic.size()));
        unknown.fields([&](auto& field) {
            if (field.is("typeMeta", 1)) {
                field.fields([&kind](auto& part) {
                    if (part.is("kind", 2))
                        kind = part.text();
                });
            } else if (field.is("raw", 2)) {
                raw = field.text();
            }
        });
        if (kind != "Status")
            return std::nullopt;
        Status status;
        decode::ProtobufValue message(raw);
        decode::readStatusObject(message, status);
        return status;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

ErrorCode codeFor(int httpStatus, bool asksForPatience, bool namesObject) {
    switch (httpStatus) {
    case 401:
        return ErrorCode::Unauthorized;
    case 403:
        return ErrorCode::Forbidden;
    case 404:
        return namesObject ? ErrorCode::NotFound : ErrorCode::Unsupported;
    case 405:
    case 406:
    case 415:
    case 501:
        return ErrorCode::Unsupported;
    case 408:
        return ErrorCode::TimedOut;
    case 409:
        return ErrorCode::Conflict;
    case 410:
        return ErrorCode::Gone;
    case 429:
        return ErrorCode::Throttled;
    case 503:
        return asksForPatience ? ErrorCode::Throttled : ErrorCode::ServerFailure;
    default:
        if (httpStatus >= 500)
            return ErrorCode::ServerFailure;
        return httpStatus >= 400 ? ErrorCode::BadInput : ErrorCode::BadResponse;
    }
}

// The start of an answer that is no Status, fit for one line of a log.
std::string excerpt(std::string_view body) {
    std::string line;
    for (const char c : body.substr(0, kMostText)) {
        const bool printable = static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
        if (printable)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    return line;
}

std::optional<std::chrono::milliseconds> retryAfterOf(const net::Headers& headers) {
    const std::string_view value = net::header(headers, "Retry-After");
    if (value.empty())
        return std::nullopt;
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (problem == std::errc() && end == value.data() + value.size())
        return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, kMostPatience.count() / 1000));
    const std::int64_t then = httpDateMs(value);
    const std::int64_t now = httpDateMs(net::header(headers, "Date"));
    if (then == 0 || now == 0)
        return std::nullopt;
    return std::chrono::milliseconds(std::clamp<std::int64_t>(then - now, 0, kMostPatience.count()));
}

} // namespace

std::optional<std::chrono::seconds> retryAfterSeconds(std::int64_t seconds) {
    if (seconds <= 0)
        return std::nullopt;
    return std::chrono::seconds(std::min(seconds, kMostPatience.count() / 1000));
}

std::optional<Status> parseStatus(std::string_view body) {
    if (body.substr(0, kProtobufMagic.size()) == kProtobufMagic)
        return parseProtobuf(body);
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || body[first] != '{')
        return std::nullopt;
    return parseJson(body, KindOf::Named);
}

std::optional<Status> parseUntypedStatus(std::string_view json) {
    return parseJson(json, KindOf::Given);
}

base::Error errorFromStatus(const Status& status, const ApiRequest& request) {
    base::Error error;
    error.code = codeFor(status.code, status.retryAfter.has_value(), !status.name.empty());
    if (status.reason == "Expired" || status.reason == "Gone")
        error.code = ErrorCode::Gone;
    error.message = status.message.empty() ? status.reason : status.message;
    error.verb = request.verb;
    error.resource = request.resource;
    error.httpStatus = status.code;
    error.retryAfter = status.retryAfter;
    error.reason = status.reason;
    error.causes = status.causes;
    return error;
}

base::Error errorFromResponse(const net::Response& response, const ApiRequest& request) {
    base::Error error;
    if (auto status = parseStatus(response.body)) {
        status->code = response.status;
        error = errorFromStatus(*status, request);
    } else {
        error.verb = request.verb;
        error.resource = request.resource;
        error.httpStatus = response.status;
        error.message = excerpt(response.body);
    }
    if (const auto retryAfter = retryAfterOf(response.headers))
        error.retryAfter = retryAfter;
    if (error.code != ErrorCode::Gone)
        error.code = codeFor(response.status, error.retryAfter.has_value(), error.code == ErrorCode::NotFound);
    if (error.message.empty())
        error.message = "the server answered " + std::to_string(response.status);
    return error;
}

std::int64_t httpDateMs(std::string_view date) {
    // Fixed form of RFC 9110, section 5.6.7; servers send no other today.
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (date.size() != 29 || date.substr(25) != " GMT")
        return 0;
    const auto digits = [date](std::size_t from, std::size_t count) {
        int value = -1;
        std::from_chars(date.data() + from, date.data() + from + count, value);
        return value;
    };
    const auto month = std::find(months.begin(), months.end(), date.substr(8, 3));
    const int day = digits(5, 2), year = digits(12, 4), hour = digits(17, 2), minute = digits(20, 2);
    const int second = digits(23, 2);
    if (month == months.end() || day < 1 || year < 1970 || hour < 0 || minute < 0 || second < 0)
        return 0;
    const auto days = std::chrono::sys_days(std::chrono::year(year) /
                                            std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1) /
                                            std::chrono::day(static_cast<unsigned>(day)));
    const std::int64_t seconds =
        days.time_since_epoch().count() * std::int64_t(86400) + hour * 3600 + minute * 60 + second;
    return seconds * 1000;
}

std::int64_t serverTimeMs(const net::Headers& headers, std::int64_t nowMs) {
    const std::int64_t server = httpDateMs(net::header(headers, "Date"));
    if (server == 0)
        return 0;
    const std::int64_t skew = server - nowMs;
    return skew > -2000 && skew < 1000 ? nowMs : server;
}

} // namespace kube
