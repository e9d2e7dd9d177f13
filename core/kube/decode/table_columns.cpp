// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/table_columns.h"

#include "core/kube/decode/typed_layout.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace kube {

namespace decode {

namespace {

// What the server writes for a custom kind's column without a description of its own.
constexpr std::string_view kPathPrefix = "Custom resource definition column (in JSONPath format): ";

// Fields are numbered by 16 bits, and nobody reads a table this wide.
constexpr std::size_t kMostColumns = 1000;

std::string_view pathOf(const ServerColumn& column, const std::vector<DatePath>& paths) {
    for (const DatePath& known : paths) {
        if (known.column == column.name)
            return known.jsonPath;
    }
    if (column.description.starts_with(kPathPrefix))
        return std::string_view(column.description).substr(kPathPrefix.size());
    return {};
}

SortKind sortOf(const ServerColumn& column) {
    if (column.type == "number")
        return SortKind::Quantity;
    if (column.name == "Ready")
        return SortKind::Ratio;
    if (column.name == "Version")
        return SortKind::Version;
    if (column.name.ends_with("IP") || column.name == "Address")
        return SortKind::Address;
    return SortKind::Text;
}

/// Makes ids of a layout's fields unique: "name", "name-2".
class FieldIds {
public:
    std::string take(const std::string& id) {
        std::string candidate = id;
        for (int& number = m_next.try_emplace(id, 2).first->second; !m_taken.insert(candidate).second; ++number)
            candidate = id + "-" + std::to_string(number);
        return candidate;
    }

private:
    std::unordered_set<std::string> m_taken;
    std::unordered_map<std::string, int> m_next;
};

} // namespace

std::vector<ServerColumn> readColumns(JsonValue& definitions) {
    std::vector<ServerColumn> columns;
    definitions.each([&columns](JsonValue& item) {
        if (columns.size() == kMostColumns)
            throw std::runtime_error("a table of too many columns");
        ServerColumn& column = columns.emplace_back();
        item.fields([&column](JsonField& field) {
            if (field.is("name", 0))
                column.name = field.text();
            else if (field.is("type", 0))
                column.type = field.text();
            else if (field.is("format", 0))
                column.format = field.text();
            else if (field.is("description", 0))
                column.description = field.text();
            else if (field.is("priority", 0))
                column.priority = static_cast<int>(field.integer());
        });
    });
    return columns;
}

TableShape makeTableShape(const Kind& kind, const ServerColumns& columns, const std::vector<DatePath>& datePaths) {
    TableShape shape;
    std::vector<Field> fields;
    FieldIds ids;
    std::vector<Column> printed;
    for (const ServerColumn& server : columns) {
        Column column;
        column.id = columnId(server.name);
        column.title = server.name;
        column.description = server.description;
        column.priority = static_cast<std::uint8_t>(std::clamp(server.priority, 0, 255));
        column.sort = sortOf(server);
        TableCell cell;
        const bool isDate = server.type == "date";
        const std::string_view path = pathOf(server, datePaths);
        const bool isCreation = path == ".metadata.creationTimestamp";
        if ((server.name == "Age" && (path.empty() || isCreation || !isDate)) || (isDate && isCreation)) {
            column.format = CellFormat::Age;
            column.sort = SortKind::Time;
            column.field = kCreatedField;
            cell.use = TableCell::Use::Skip;
        } else if (server.type == "integer") {
            column.format = CellFormat::Number;
            column.sort = SortKind::Number;
            cell.use = TableCell::Use::Number;
        } else {
            cell.use = TableCell::Use::Text;
        }
        if (cell.use != TableCell::Use::Skip) {
            cell.field = static_cast<std::uint16_t>(fields.size());
            column.field = cell.field;
            fields.push_back(
                {ids.take(column.id), cell.use == TableCell::Use::Number ? FieldType::Number : FieldType::Text});
            if (auto parsed = isDate ? JsonPath::parse(path) : std::nullopt) {
                shape.dates.push_back({static_cast<std::uint16_t>(fields.size()), std::move(*parsed)});
                column.format = CellFormat::AgeOrText;
                column.sort = SortKind::Time;
                column.field2 = column.field;
                column.field = shape.dates.back().field;
                fields.push_back({ids.take(column.id + "-time"), FieldType::Time});
            }
        }
        printed.push_back(std::move(column));
        shape.cells.push_back(cell);
    }
    shape.layout = std::make_shared<const RowLayout>(kind.resource(), std::move(fields), std::move(printed));
    return shape;
}

std::vector<ServerColumn> nameAndAge() {
    return {{"Name", "string", "name", {}, 0}, {"Age", "string", {}, {}, 0}};
}

} // namespace decode

base::Result<std::vector<ServerColumn>> tableColumns(std::string_view tableJson) {
    try {
        decode::JsonText json;
        simdjson::ondemand::document document = json.parse(tableJson, 0);
        simdjson::ondemand::object table = document.get_object();
        if (std::string_view(table["kind"].get_string()) != "Table")
            return base::fail(base::ErrorCode::Unsupported, "the server prints no table of this kind");
        simdjson::ondemand::value definitions;
        if (table["columnDefinitions"].get(definitions) != simdjson::SUCCESS)
            return base::fail(base::ErrorCode::BadResponse, "the server's table defines no columns");
        decode::JsonValue value(definitions);
        return decode::readColumns(value);
    } catch (const std::exception& why) {
        return base::fail(base::ErrorCode::BadResponse, std::string("a table cannot be read: ") + why.what());
    }
}

base::Result<std::vector<DatePath>> datePathsOfCrd(std::string_view crdJson, std::string_view version) {
    try {
        decode::JsonText json;
        simdjson::ondemand::document document = json.parse(crdJson, 0);
        std::vector<DatePath> paths;
        decode::JsonValue versions(document["spec"]["versions"].value());
        versions.each([&](decode::JsonValue& item) {
            std::vector<DatePath> here;
            bool wanted = false;
            item.fields([&](decode::JsonField& field) {
                if (field.is("name", 0)) {
                    wanted = field.text() == version;
                } else if (field.is("additionalPrinterColumns", 0)) {
                    field.each([&here](decode::JsonValue& column) {
                        DatePath path;
                        bool isDate = false;
                        column.fields([&](decode::JsonField& part) {
                            if (part.is("name", 0))
                                path.column = part.text();
                            else if (part.is("jsonPath", 0))
                                path.jsonPath = part.text();
                            else if (part.is("type", 0))
                                isDate = part.text() == "date";
                        });
                        if (isDate && path.jsonPath != ".metadata.creationTimestamp")
                            here.push_back(std::move(path));
                    });
                }
            });
            if (wanted)
                paths = std::move(here);
        });
        return paths;
    } catch (const std::exception& why) {
        return base::fail(base::ErrorCode::BadResponse,
                          std::string("a custom resource definition cannot be read: ") + why.what());
    }
}

} // namespace kube
