#include "core/transcripts/record_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace podbrief::transcripts {
namespace {

constexpr std::size_t field_limit = 8;
constexpr std::size_t depth_limit = 64;
constexpr std::size_t none = field_limit;

std::size_t field_of(std::span<const FieldNames> fields, std::string_view name) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        for (const std::string_view known : fields[i].names) {
            if (known == name) return i;
        }
    }
    return none;
}

// Depths: 1 is the top object or list, 2 a list of records in it, the next one a record.
class RecordHandler final : public nlohmann::json_sax<nlohmann::json> {
public:
    RecordHandler(const RecordShape& shape, const RecordSink& sink) : shape_(shape), sink_(sink) {}

    std::string error;

    bool null() override { return scalar(JsonScalar::Kind::null, 0, nullptr); }
    bool boolean(bool) override { return scalar(JsonScalar::Kind::null, 0, nullptr); }
    bool number_integer(std::int64_t value) override {
        return scalar(JsonScalar::Kind::number, static_cast<double>(value), nullptr);
    }
    bool number_unsigned(std::uint64_t value) override {
        return scalar(JsonScalar::Kind::number, static_cast<double>(value), nullptr);
    }
    bool number_float(double value, const std::string&) override {
        return scalar(JsonScalar::Kind::number, value, nullptr);
    }
    bool string(std::string& value) override { return scalar(JsonScalar::Kind::string, 0, &value); }
    bool binary(nlohmann::json::binary_t&) override { return true; }

    bool start_object(std::size_t) override {
        if (!deeper()) return false;
        if (depth_ == record_depth_) {
            for (std::size_t i = 0; i < shape_.fields.size(); ++i) fields_[i].kind = JsonScalar::Kind::absent;
            field_ = none;
        }
        return true;
    }
    bool end_object() override {
        const bool record = depth_ == record_depth_;
        --depth_;
        return !record || sink_.record(std::span(fields_.data(), shape_.fields.size()));
    }
    bool start_array(std::size_t) override {
        if (!deeper()) return false;
        const bool named = depth_ == 2 && top_object_ &&
                           std::find(shape_.lists.begin(), shape_.lists.end(), list_key_) != shape_.lists.end();
        if (record_depth_ == 0 && (depth_ == 1 || named)) record_depth_ = depth_ + 1;
        return true;
    }
    bool end_array() override {
        if (depth_ + 1 == record_depth_) record_depth_ = 0;
        --depth_;
        return true;
    }
    bool key(std::string& name) override {
        if (depth_ == 1) {
            top_object_ = true;
            list_key_ = name;
            field_ = field_of(shape_.top_fields, name);
        } else if (depth_ == record_depth_) {
            field_ = field_of(shape_.fields, name);
        }
        return true;
    }
    bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception&) override {
        error = fmt::format("the JSON is broken at byte {}", at);
        return false;
    }

private:
    bool deeper() {
        if (++depth_ <= depth_limit) return true;
        error = fmt::format("the JSON is nested deeper than {} levels", depth_limit);
        return false;
    }

    bool scalar(JsonScalar::Kind kind, double number, std::string* value) {
        if (field_ == none) return true;
        if (depth_ == record_depth_) {
            set(fields_[field_], kind, number, value);
        } else if (depth_ == 1 && top_object_ && sink_.top_field) {
            set(top_, kind, number, value);
            sink_.top_field(field_, top_);
        }
        return true;
    }

    static void set(JsonScalar& field, JsonScalar::Kind kind, double number, std::string* value) {
        field.kind = kind;
        field.number = number;
        if (value != nullptr) field.string.swap(*value);
    }

    const RecordShape& shape_;
    const RecordSink& sink_;
    std::array<JsonScalar, field_limit> fields_;
    JsonScalar top_;
    std::size_t depth_ = 0;
    std::size_t record_depth_ = 0;  // at which records stand; 0 outside of a list of them
    std::size_t field_ = none;      // the key read last
    std::string list_key_;
    bool top_object_ = false;
};

}  // namespace

std::string read_records(std::string_view json, const RecordShape& shape, const RecordSink& sink) {
    RecordHandler handler(shape, sink);
    nlohmann::json::sax_parse(json.data(), json.data() + json.size(), &handler);
    return std::move(handler.error);
}

}  // namespace podbrief::transcripts
