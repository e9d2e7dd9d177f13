// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/object_meta.h"

#include "core/base/text.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace kube::manifest {

namespace {

enum class Shape { Text, Time, Integer, Boolean, TextMap, TextList, Owners, Managers };

struct MetaField {
    std::string_view name;
    Shape shape;
};

constexpr auto kMetaFields = std::to_array<MetaField>({
    {"name", Shape::Text},
    {"generateName", Shape::Text},
    {"namespace", Shape::Text},
    {"selfLink", Shape::Text},
    {"uid", Shape::Text},
    {"resourceVersion", Shape::Text},
    {"generation", Shape::Integer},
    {"creationTimestamp", Shape::Time},
    {"deletionTimestamp", Shape::Time},
    {"deletionGracePeriodSeconds", Shape::Integer},
    {"labels", Shape::TextMap},
    {"annotations", Shape::TextMap},
    {"ownerReferences", Shape::Owners},
    {"finalizers", Shape::TextList},
    {"managedFields", Shape::Managers},
});

constexpr auto kOwnerFields = std::to_array<MetaField>({
    {"apiVersion", Shape::Text},
    {"kind", Shape::Text},
    {"name", Shape::Text},
    {"uid", Shape::Text},
    {"controller", Shape::Boolean},
    {"blockOwnerDeletion", Shape::Boolean},
});

constexpr auto kManagerFields = std::to_array<MetaField>({
    {"manager", Shape::Text},
    {"operation", Shape::Text},
    {"apiVersion", Shape::Text},
    {"time", Shape::Time},
    {"fieldsType", Shape::Text},
    {"subresource", Shape::Text},
});

class Checker {
public:
    explicit Checker(std::vector<Problem>& problems)
        : m_problems(problems) {}

    void fields(const Value& object, std::span<const MetaField> known, const std::string& path) {
        for (const MetaField& field : known) {
            if (const Value* value = object.find(field.name))
                check(*value, field.shape, path + std::string(field.name));
        }
    }

    bool is(const Value& value, Value::Type type, std::string_view wanted, const std::string& path) {
        if (value.type == type)
            return true;
        m_problems.push_back(
            {value.at, path + " is " + std::string(describe(value.type)) + " and must be " + std::string(wanted)});
        return false;
    }

private:
    void check(const Value& value, Shape shape, const std::string& path) {
        if (value.type == Value::Type::Null)
            return;
        switch (shape) {
        case Shape::Text:
            is(value, Value::Type::Text,
               value.children.empty() ? "a text: put it in quotes" : "a text: write it behind the ':'", path);
            return;
        case Shape::Time:
            checkTime(value, path);
            return;
        case Shape::Integer:
            checkInteger(value, path);
            return;
        case Shape::Boolean:
            is(value, Value::Type::Boolean, "true or false: write one of them, without quotes", path);
            return;
        case Shape::TextMap:
            if (is(value, Value::Type::Object, "a mapping of texts: write \"key: value\" lines below it", path)) {
                for (const Value& text : value.children)
                    check(text, Shape::Text, path + "[\"" + std::string(text.key) + "\"]");
            }
            return;
        case Shape::TextList:
        case Shape::Owners:
        case Shape::Managers:
            checkList(value, shape, path);
            return;
        }
    }

    void checkTime(const Value& value, const std::string& path) {
        if (value.type != Value::Type::Text || !base::parseTime(value.text))
            m_problems.push_back(
                {value.at, path + " must be a time such as \"2024-05-01T10:20:30Z\": mend it, or remove the field"});
    }

    void checkInteger(const Value& value, const std::string& path) {
        const bool isWhole = value.type == Value::Type::Float && value.real == std::trunc(value.real);
        if (!isWhole)
            is(value, Value::Type::Integer, "a whole number: write one, without quotes", path);
    }

    void checkList(const Value& value, Shape shape, const std::string& path) {
        if (!is(value, Value::Type::Array, "a list: write \"- \" before each item", path))
            return;
        for (std::size_t i = 0; i < value.children.size(); ++i) {
            const Value& item = value.children[i];
            const std::string itemPath = path + '[' + std::to_string(i) + ']';
            if (shape == Shape::TextList)
                check(item, Shape::Text, itemPath);
            else if (item.type != Value::Type::Null &&
                     is(item, Value::Type::Object, "a mapping: write \"key: value\" lines", itemPath))
                fields(item, shape == Shape::Owners ? std::span<const MetaField>(kOwnerFields) : kManagerFields,
                       itemPath + '.');
        }
    }

    std::vector<Problem>& m_problems;
};

} // namespace

void checkObjectMeta(const Value& object, std::vector<Problem>& problems) {
    static constexpr auto kTypeFields = std::to_array<MetaField>({{"apiVersion", Shape::Text}, {"kind", Shape::Text}});
    Checker checker(problems);
    checker.fields(object, kTypeFields, "");
    const Value* metadata = object.find("metadata");
    if (metadata != nullptr && metadata->type != Value::Type::Null &&
        checker.is(*metadata, Value::Type::Object, "a mapping: write \"name: ...\" below it", "metadata"))
        checker.fields(*metadata, kMetaFields, "metadata.");
}

} // namespace kube::manifest
