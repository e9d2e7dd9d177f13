// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/journal_text.h"

#include "core/base/text.h"
#include "core/kube/go_json.h"

#include <array>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<Outcome, std::string_view>, 5> kOutcomes{{
    {Outcome::NotSent, "not-sent"},
    {Outcome::Sending, "sending"},
    {Outcome::Done, "done"},
    {Outcome::Failed, "failed"},
    {Outcome::Unknown, "unknown"},
}};

std::string timeText(std::int64_t ms) {
    return ms > 0 ? base::formatTime(ms) : std::string();
}

std::vector<std::pair<const char*, std::string>> fieldsOf(const JournalEntry& entry) {
    return {{"set", entry.set},
            {"number", std::to_string(entry.number)},
            {"time", timeText(entry.beganMs > 0 ? entry.beganMs : entry.setMs)},
            {"cluster", entry.cluster},
            {"clusterUid", entry.clusterUid},
            {"user", entry.clusterUser},
            {"verb", std::string(toString(entry.verb))},
            {"resource", entry.resource},
            {"subresource", entry.subresource},
            {"namespace", entry.object.ns},
            {"name", entry.object.name},
            {"result", std::string(toString(entry.outcome))},
            {"message", entry.message},
            {"closed", timeText(entry.closedMs)},
            {"serverTime", timeText(entry.serverMs)},
            {"title", entry.title},
            {"undoes", entry.undoes},
            {"person", entry.person},
            {"program", entry.program},
            {"intent", entry.intent}};
}

std::string csvCell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string cell = "\"";
    for (const char c : text)
        cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    return cell + "\"";
}

} // namespace

std::string_view toString(Outcome outcome) {
    for (const auto& [value, name] : kOutcomes) {
        if (value == outcome)
            return name;
    }
    return "unknown";
}

std::optional<Outcome> outcomeFrom(std::string_view text) {
    for (const auto& [value, name] : kOutcomes) {
        if (name == text)
            return value;
    }
    return std::nullopt;
}

std::string optionsText(const JournalRecord& record) {
    const Operation& operation = record.operation;
    Json options = Json::object();
    options["context"] = operation.cluster.context;
    if (operation.ownership == Ownership::TakeOver)
        options["takeOver"] = true;
    if (operation.propagation != Propagation::Default)
        options["propagation"] = toString(operation.propagation);
    if (operation.gracePeriodSeconds)
        options["gracePeriodSeconds"] = *operation.gracePeriodSeconds;
    if (operation.await != Await::Nothing) {
        options["await"] = toString(operation.await);
        options["awaitSeconds"] = operation.awaitDeadline.count();
    }
    if (!operation.after.empty())
        options["after"] = operation.after;
    if (record.hidesSecrets)
        options["hidesSecrets"] = true;
    return options.dump();
}

bool readOptions(const std::string& text, JournalRecord& record) try {
    Operation& operation = record.operation;
    operation.verb = record.entry.verb;
    operation.object = record.entry.object;
    operation.subresource = record.entry.subresource;
    const Json options = Json::parse(text, nullptr, false);
    if (!options.is_object())
        return false;
    operation.cluster = {options.value("context", record.entry.cluster), record.entry.clusterUid};
    operation.ownership = options.value("takeOver", false) ? Ownership::TakeOver : Ownership::Respect;
    operation.propagation = propagationFrom(options.value("propagation", std::string())).value_or(Propagation::Default);
    if (options.contains("gracePeriodSeconds"))
        operation.gracePeriodSeconds = options["gracePeriodSeconds"].get<std::int64_t>();
    operation.await = awaitFrom(options.value("await", std::string())).value_or(Await::Nothing);
    operation.awaitDeadline = std::chrono::seconds(options.value("awaitSeconds", std::int64_t(600)));
    operation.after = options.value("after", std::vector<std::size_t>());
    record.hidesSecrets = options.value("hidesSecrets", false);
    return true;
} catch (const Json::exception&) {
    return false; // A value of another type.
}

std::string journalJson(const std::vector<JournalEntry>& entries) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const JournalEntry& entry : entries) {
        nlohmann::ordered_json line = nlohmann::ordered_json::object();
        for (auto& [name, text] : fieldsOf(entry)) {
            if (std::string_view(name) == "number")
                line[name] = entry.number;
            else
                line[name] = text;
        }
        list.push_back(std::move(line));
    }
    return list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string journalCsv(const std::vector<JournalEntry>& entries) {
    std::string csv;
    const char* separator = "";
    for (const auto& [name, text] : fieldsOf({})) {
        csv += separator + std::string(name);
        separator = ",";
    }
    csv += "\r\n";
    for (const JournalEntry& entry : entries) {
        separator = "";
        for (const auto& [name, text] : fieldsOf(entry)) {
            csv += separator + csvCell(text);
            separator = ",";
        }
        csv += "\r\n";
    }
    return csv;
}

} // namespace change
