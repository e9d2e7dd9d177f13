// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/filter/node.h"
#include "core/fleet/filter/regex.h"
#include "core/fleet/filter/value.h"
#include "core/kube/label_selector.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace fleet {

namespace {

// Where a field's value stands in the rows of one layout.
struct Place {
    enum class Kind : std::uint8_t { Cluster, State, Owner, Column, Stored, Label };
    Kind kind = Kind::Label;
    kube::Column column;     // for Column
    std::uint16_t field = 0; // for Stored
};

std::string_view stateName(kube::ObjectState state) {
    switch (state) {
    case kube::ObjectState::None:
        return "none";
    case kube::ObjectState::Good:
        return "good";
    case kube::ObjectState::Attention:
        return "attention";
    case kube::ObjectState::Broken:
        return "broken";
    case kube::ObjectState::Pending:
        return "pending";
    case kube::ObjectState::Done:
        return "done";
    case kube::ObjectState::Leaving:
        return "leaving";
    }
    return "none";
}

kube::Column headColumn(std::string id, std::uint16_t field, kube::CellFormat format, kube::SortKind sort) {
    kube::Column column;
    column.id = std::move(id);
    column.field = field;
    column.format = format;
    column.sort = sort;
    return column;
}

std::string normalized(std::string_view name) {
    std::string id(name);
    std::transform(id.begin(), id.end(), id.begin(), [](char c) {
        return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kOtherNames{{
        {"ns", "namespace"},
        {"cpu", "cpu-requests"},
        {"mem", "memory-requests"},
        {"memory", "memory-requests"},
        {"created", "age"},
        {"context", "cluster"},
    }};
    for (const auto& [other, name_] : kOtherNames) {
        if (id == other)
            return std::string(name_);
    }
    return id;
}

Place findPlace(const kube::RowLayout& layout, const std::string& id) {
    Place place;
    if (id == "cluster") {
        place.kind = Place::Kind::Cluster;
    } else if (id == "state") {
        place.kind = Place::Kind::State;
    } else if (const int column = layout.columnIndex(id); column >= 0) {
        place.kind = Place::Kind::Column;
        place.column = layout.columns()[static_cast<std::size_t>(column)];
    } else if (id == "name") {
        place.kind = Place::Kind::Column;
        place.column = headColumn(id, kube::kNameField, kube::CellFormat::Text, kube::SortKind::Text);
    } else if (id == "namespace") {
        place.kind = Place::Kind::Column;
        place.column = headColumn(id, kube::kNamespaceField, kube::CellFormat::Text, kube::SortKind::Text);
    } else if (id == "age") {
        place.kind = Place::Kind::Column;
        place.column = headColumn(id, kube::kCreatedField, kube::CellFormat::Age, kube::SortKind::Time);
    } else if (const int field = layout.fieldIndex(id); field >= 0) {
        place.kind = Place::Kind::Stored;
        place.field = static_cast<std::uint16_t>(field);
    } else if (id == "owner") {
        place.kind = Place::Kind::Owner;
    }
    return place;
}

// "apiVersion\tKind\tname\tuid" as "Kind/name"
std::string ownerText(std::string_view owner) {
    const std::size_t first = owner.find('\t');
    const std::size_t last = owner.rfind('\t');
    if (first == std::string_view::npos || first == last)
        return {};
    std::string text(owner.substr(first + 1, last - first - 1));
    std::replace(text.begin(), text.end(), '\t', '/');
    return text;
}

// The value of a label by its key, or by what stands behind the key's slash.
kube::LabelValue labelValue(std::string_view labels, const std::string& key) {
    if (const kube::LabelValue exact = kube::findLabel(labels, key); exact.found)
        return exact;
    while (!labels.empty()) {
        const std::size_t comma = labels.find(',');
        const std::string_view entry = labels.substr(0, comma);
        const std::size_t equals = entry.find('=');
        const std::string_view name = entry.substr(0, equals);
        if (equals != std::string_view::npos && name.size() > key.size() && name.ends_with(key) &&
            name[name.size() - key.size() - 1] == '/')
            return {true, entry.substr(equals + 1)};
        labels = comma == std::string_view::npos ? std::string_view{} : labels.substr(comma + 1);
    }
    return {};
}

std::int64_t timeOf(const kube::RowRef& row, std::uint16_t field) {
    return field == kube::kCreatedField ? row.createdMs() : row.timeMs(field);
}

bool holds(Comparison comparison, int order) {
    switch (comparison) {
    case Comparison::Contains:
    case Comparison::Equal:
        return order == 0;
    case Comparison::NotEqual:
        return order != 0;
    case Comparison::Less:
        return order < 0;
    case Comparison::LessOrEqual:
        return order <= 0;
    case Comparison::Greater:
        return order > 0;
    case Comparison::GreaterOrEqual:
        return order >= 0;
    }
    return false;
}

template <typename T>
int order(T a, T b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

bool isOrdering(Comparison comparison) {
    return comparison == Comparison::Less || comparison == Comparison::LessOrEqual ||
           comparison == Comparison::Greater || comparison == Comparison::GreaterOrEqual;
}

class FieldNode : public FilterNode {
public:
    explicit FieldNode(std::string name)
        : m_name(std::move(name))
        , m_id(normalized(m_name)) {}

protected:
    const Place& placeIn(const kube::RowLayout& layout) {
        if (m_layoutSerial != layout.serial()) {
            m_place = findPlace(layout, m_id);
            m_layoutSerial = layout.serial();
            // Not only ages: "5 (3m ago)" ticks, too.
            m_hasTicked = m_hasTicked ||
                          (m_place.kind == Place::Kind::Column && m_place.column.format != kube::CellFormat::Text &&
                           m_place.column.format != kube::CellFormat::Number);
        }
        return m_place;
    }

    // Calls use(text) with what the field reads as; false where the row has no such field.
    template <typename Use>
    bool withText(const FilterSubject& subject, const Use& use) {
        const kube::RowRef& row = subject.row;
        const Place& place = placeIn(row.layout());
        switch (place.kind) {
        case Place::Kind::Cluster:
            return use(subject.cluster);
        case Place::Kind::State:
            return use(stateName(row.state()));
        case Place::Kind::Owner:
            return use(std::string_view(ownerText(row.owner())));
        case Place::Kind::Label: {
            const kube::LabelValue label = labelValue(row.labels(), m_name);
            return label.found && use(label.value);
        }
        case Place::Kind::Stored:
            return use(std::string_view(storedText(row, place.field)));
        case Place::Kind::Column:
            if (place.column.field == kube::kNameField)
                return use(row.name());
            if (place.column.field == kube::kNamespaceField)
                return use(row.ns());
            if (place.column.format == kube::CellFormat::Text)
                return use(row.text(place.column.field));
            return use(std::string_view(row.cell(place.column, subject.nowMs)));
        }
        return false;
    }

    static std::string storedText(const kube::RowRef& row, std::uint16_t field) {
        if (row.layout().fields()[field].type == kube::FieldType::Text)
            return std::string(row.text(field));
        if (row.layout().fields()[field].type == kube::FieldType::Time)
            return {};
        const std::int64_t number = row.number(field);
        return number == kube::kNoNumber ? std::string() : std::to_string(number);
    }

    // Whether the text of some row's cell changes by time alone.
    [[nodiscard]] bool textTicks() const { return m_hasTicked || m_id == "age"; }

    std::string m_name;
    std::string m_id;

private:
    std::uint64_t m_layoutSerial = 0;
    Place m_place;
    bool m_hasTicked = false;
};

class FieldTextNode final : public FieldNode {
public:
    FieldTextNode(std::string name, Comparison comparison, std::string value)
        : FieldNode(std::move(name))
        , m_comparison(comparison)
        , m_value(std::move(value)) {
        std::transform(m_value.begin(), m_value.end(), m_value.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    }
    bool matches(const FilterSubject& subject) override {
        if (m_comparison == Comparison::Contains)
            return withText(subject, [this](std::string_view text) { return containsIgnoringCase(text, m_value); });
        const bool equal =
            withText(subject, [this](std::string_view text) { return equalsIgnoringCase(text, m_value); });
        return equal == (m_comparison == Comparison::Equal);
    }
    [[nodiscard]] bool dependsOnTime() const override { return textTicks(); }

private:
    Comparison m_comparison;
    std::string m_value;
};

class FieldRegexNode final : public FieldNode {
public:
    FieldRegexNode(std::string name, std::unique_ptr<RE2> regex)
        : FieldNode(std::move(name))
        , m_regex(std::move(regex)) {}
    bool matches(const FilterSubject& subject) override {
        return withText(subject, [this](std::string_view text) {
            return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *m_regex);
        });
    }
    [[nodiscard]] bool dependsOnTime() const override { return textTicks(); }

private:
    std::unique_ptr<RE2> m_regex;
};

// field > value, by true value: each row's field decides which reading of the value counts.
class FieldOrderNode final : public FieldNode {
public:
    FieldOrderNode(std::string name, Comparison comparison, std::string value)
        : FieldNode(std::move(name))
        , m_comparison(comparison)
        , m_value(std::move(value))
        , m_amount(parseAmount(m_value))
        , m_ratio(parseRatio(m_value))
        , m_duration(parseDurationMs(m_value)) {}

    [[nodiscard]] bool fitsField() const {
        if (m_id == "age")
            return m_duration.has_value();
        if (m_id == "restarts" || m_id == "cpu-requests" || m_id == "memory-requests")
            return m_amount.has_value();
        return true;
    }

    [[nodiscard]] bool dependsOnTime() const override { return m_duration.has_value(); }

    bool matches(const FilterSubject& subject) override {
        const kube::RowRef& row = subject.row;
        const Place& place = placeIn(row.layout());
        if (place.kind == Place::Kind::Stored)
            return storedHolds(row, place.field);
        if (place.kind == Place::Kind::Column && place.column.format != kube::CellFormat::Text)
            return valueHolds(subject, place.column);
        const kube::SortKind sort = place.kind == Place::Kind::Column ? place.column.sort : kube::SortKind::Text;
        return withText(subject, [&](std::string_view text) { return textHolds(text, sort); });
    }

private:
    bool storedHolds(const kube::RowRef& row, std::uint16_t field) const {
        const kube::Field& stored = row.layout().fields()[field];
        if (stored.type == kube::FieldType::Text)
            return textHolds(row.text(field), kube::SortKind::Text);
        if (stored.type == kube::FieldType::Time || !m_amount || row.number(field) == kube::kNoNumber)
            return false;
        // Stored CPU amounts count thousandths of a core, as parseAmount() does; all others whole units.
        const double have = static_cast<double>(row.number(field)) * (stored.id.starts_with("cpu") ? 1.0 : 1000.0);
        return holds(m_comparison, order(have, *m_amount));
    }

    bool valueHolds(const FilterSubject& subject, const kube::Column& column) const {
        const kube::RowRef& row = subject.row;
        switch (column.format) {
        case kube::CellFormat::Number:
        case kube::CellFormat::CountAgo: {
            const std::int64_t number = row.number(column.field);
            return number != kube::kNoNumber && m_amount &&
                   holds(m_comparison, order(static_cast<double>(number) * 1000.0, *m_amount));
        }
        case kube::CellFormat::Age:
        case kube::CellFormat::AgeOrText: {
            const std::int64_t time = timeOf(row, column.field);
            return time != 0 && m_duration && holds(m_comparison, order(subject.nowMs - time, *m_duration));
        }
        case kube::CellFormat::Elapsed: {
            const std::int64_t start = timeOf(row, column.field);
            const std::int64_t end = timeOf(row, column.field2);
            return start != 0 && m_duration &&
                   holds(m_comparison, order((end == 0 ? subject.nowMs : end) - start, *m_duration));
        }
        case kube::CellFormat::Text:
            break;
        }
        return false;
    }

    bool textHolds(std::string_view text, kube::SortKind sort) const {
        if (sort == kube::SortKind::Ratio) {
            const auto have = parseRatio(text);
            return have && m_ratio && holds(m_comparison, order(*have, *m_ratio));
        }
        const auto have = parseAmount(text.substr(0, text.find(' ')));
        if (have && m_amount)
            return holds(m_comparison, order(*have, *m_amount));
        if (sort == kube::SortKind::Quantity || sort == kube::SortKind::Number || text.empty() || text == "<none>")
            return false;
        if (const auto duration = m_duration ? parseDurationMs(text) : std::nullopt)
            return holds(m_comparison, order(*duration, *m_duration));
        return holds(m_comparison, compareNatural(text, m_value));
    }

    Comparison m_comparison;
    std::string m_value;
    std::optional<double> m_amount;
    std::optional<double> m_ratio;
    std::optional<std::int64_t> m_duration;
};

} // namespace

NodeResult makeField(std::string field, Comparison comparison, std::string value) {
    if (!isOrdering(comparison))
        return std::make_unique<FieldTextNode>(std::move(field), comparison, std::move(value));
    auto node = std::make_unique<FieldOrderNode>(field, comparison, value);
    if (!node->fitsField())
        return tl::unexpected<std::string>("\"" + value + "\" does not compare with " + field +
                                           (normalized(field) == "age"
                                                ? ": write 90s, 15m, 2h, 30d or 1y"
                                                : ": write a number or quantity such as 3, 500m, 2Gi"));
    return node;
}

NodeResult makeFieldRegex(std::string field, const std::string& pattern) {
    auto regex = compileRegex(pattern);
    if (!regex)
        return tl::unexpected<std::string>(std::move(regex.error()));
    return std::make_unique<FieldRegexNode>(std::move(field), std::move(*regex));
}

} // namespace fleet
