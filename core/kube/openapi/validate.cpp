// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/openapi/validate.h"

#include "core/base/quantity.h"
#include "core/base/text.h"
#include "core/kube/config/base64.h"
#include "core/kube/manifest/json_tree.h"
#include "core/kube/manifest/manifest_values.h"
#include "core/kube/openapi/nearest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace kube::openapi {

namespace {

using manifest::Value;
using Type = manifest::Value::Type;

bool isWhole(const Value& value) {
    return value.type == Type::Integer ||
           ((value.type == Type::Float || value.type == Type::Unsigned) && std::trunc(value.real) == value.real);
}

bool fitsType(const Schema& schema, const Value& value) {
    const auto allows = [&schema](TypeBit bit) { return (schema.types & bit) != 0; };
    switch (value.type) {
    case Type::Null:
        return true;
    case Type::Boolean:
        return allows(IsBoolean);
    case Type::Integer:
        return allows(IsInteger) || allows(IsNumber);
    case Type::Unsigned:
    case Type::Float:
        return allows(IsNumber) || (allows(IsInteger) && isWhole(value));
    case Type::Text:
        return allows(IsText);
    case Type::Array:
        return allows(IsList);
    case Type::Object:
        return allows(IsObject);
    }
    return true;
}

class Validator {
public:
    std::vector<Finding> run(const Schema& schema, const Value& object) {
        check(schema, object);
        return std::move(m_found);
    }

private:
    void report(Fault fault, manifest::Position at, std::string name, std::string wanted = {}) {
        m_found.push_back({fault, m_path, at, std::move(name), std::move(wanted)});
    }

    void check(const Schema& schema, const Value& value) {
        if (value.type == Type::Null)
            return;
        if (schema.types != 0 && !fitsType(schema, value)) {
            report(Fault::WrongType, value.at, std::string(manifest::describe(value.type)), schema.typeName());
            return;
        }
        if (value.type == Type::Object)
            checkObject(schema, value);
        else if (value.type == Type::Array)
            checkList(schema, value);
        else if (value.type == Type::Text)
            checkText(schema, value);
        else if (value.type == Type::Integer || value.type == Type::Float || value.type == Type::Unsigned)
            checkNumber(schema, value);
    }

    void checkObject(const Schema& schema, const Value& object) {
        for (const Value& field : object.children) {
            const Schema* known = schema.field(field.key);
            if (known == nullptr)
                known = schema.values;
            m_path.push_back({std::string(field.key)});
            if (known != nullptr)
                checkField(*known, field);
            else if (!isFree(schema, field.key))
                report(Fault::UnknownField, field.keyAt, std::string(field.key), nearestField(schema, field.key));
            m_path.pop_back();
        }
        for (const std::string& name : schema.required) {
            const Value* field = object.find(name);
            const Schema* known = schema.field(name);
            const bool isFilledIn = known != nullptr && !known->defaultJson.empty() && !known->isDefaultZero;
            if ((field == nullptr || field->type == Type::Null) && !isFilledIn && !m_isStatus)
                report(Fault::Missing, object.at, name);
        }
    }

    // What controllers write lacks fields while they have not got that far.
    void checkField(const Schema& schema, const Value& field) {
        const bool isStatus = m_path.size() == 1 && field.key == "status";
        m_isStatus = m_isStatus || isStatus;
        check(schema, field);
        m_isStatus = m_isStatus && !isStatus;
    }

    static bool isFree(const Schema& schema, std::string_view key) {
        return schema.isOpen || (schema.isEmbedded && (key == "apiVersion" || key == "kind" || key == "metadata"));
    }

    static std::string nearestField(const Schema& schema, std::string_view name) {
        std::vector<std::string_view> names;
        for (const Schema::Field& field : schema.fields)
            names.push_back(field.name);
        return std::string(nearest(name, names));
    }

    void checkList(const Schema& schema, const Value& list) {
        if (schema.items == nullptr)
            return;
        int index = 0;
        for (const Value& item : list.children) {
            m_path.push_back({.index = index++});
            check(*schema.items, item);
            m_path.pop_back();
        }
    }

    void checkText(const Schema& schema, const Value& value) {
        if (schema.isQuantity && !base::Quantity::parse(value.text))
            report(Fault::BadForm, value.at, {}, "quantity");
        else if (schema.isBuiltIn && schema.format == "date-time" && !base::parseTime(value.text))
            report(Fault::BadForm, value.at, {}, "time");
        else if (schema.format == "byte" && !decodeBase64(value.text))
            report(Fault::BadForm, value.at, {}, "base64");
        checkChoice(schema, value);
    }

    void checkChoice(const Schema& schema, const Value& value) {
        const std::vector<std::string>& all = schema.enumTexts;
        const bool isUnset = schema.isBuiltIn && value.text.empty();
        if (all.empty() || isUnset || std::find(all.begin(), all.end(), value.text) != all.end())
            return;
        std::string choices;
        for (const std::string& choice : all)
            choices += (choices.empty() ? "" : ", ") + choice;
        report(Fault::NoChoice, value.at, std::string(value.text), choices);
    }

    void checkNumber(const Schema& schema, const Value& value) {
        if (schema.format != "int32")
            return;
        const double number = value.type == Type::Integer ? static_cast<double>(value.integer) : value.real;
        if (number < std::numeric_limits<std::int32_t>::min() || number > std::numeric_limits<std::int32_t>::max())
            report(Fault::OutOfRange, value.at, {}, schema.format);
    }

    FieldSteps m_path;
    bool m_isStatus = false;
    std::vector<Finding> m_found;
};

} // namespace

std::string toString(const Finding& finding) {
    const std::string path = finding.path.empty() ? "the object" : toString(finding.path);
    switch (finding.fault) {
    case Fault::UnknownField:
        return path + " is no field" +
               (finding.wanted.empty() ? std::string() : ": did you mean " + finding.wanted + '?');
    case Fault::WrongType:
        return path + " is " + finding.name + " and must be: " + finding.wanted;
    case Fault::Missing:
        return path + " lacks " + finding.name;
    case Fault::NoChoice:
        return path + " must be one of: " + finding.wanted;
    case Fault::BadForm:
        return path + " must be a " + finding.wanted;
    case Fault::OutOfRange:
        return path + " does not fit into " + finding.wanted;
    }
    return {};
}

std::vector<Finding> validate(const Schema& schema, const manifest::Value& object) {
    return Validator().run(schema, object);
}

base::Result<std::vector<Finding>> validate(const Schema& schema, std::string_view json) {
    manifest::JsonTreeReader reader(json);
    auto tree = reader.hasMore() ? reader.next() : manifest::fail({1, 1}, "nothing stands here");
    if (!tree)
        return base::fail(base::ErrorCode::BadInput, tree.error().message);
    std::vector<manifest::Problem> warnings;
    const auto value = manifest::resolve(*tree, warnings);
    if (!value)
        return base::fail(base::ErrorCode::BadInput, value.error().message);
    return validate(schema, *value);
}

Lint lint(std::string_view text, std::string_view file, const SchemaOf& schemaOf) {
    Lint result;
    result.read = readManifests(text, file, [&](const Manifest& manifest, const manifest::Value& object) {
        const Schema* schema = schemaOf ? schemaOf(manifest.apiVersion, manifest.kind) : nullptr;
        if (schema == nullptr)
            return;
        std::vector<Finding> found = validate(*schema, object);
        std::move(found.begin(), found.end(), std::back_inserter(result.findings));
    });
    return result;
}

} // namespace kube::openapi
