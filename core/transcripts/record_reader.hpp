#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::transcripts {

// Reads the one shape that podcast JSON has, without building a tree: a list of flat objects, at the top or as a member
// of the top object.

struct JsonScalar {
    enum class Kind { absent, null, number, string };
    Kind kind = Kind::absent;
    double number = 0;
    std::string string;
};

// One field of a record and the names it goes by.
struct FieldNames {
    std::span<const std::string_view> names;
};

struct RecordShape {
    std::span<const std::string_view> lists;  // members of the top object that may hold the records
    std::span<const FieldNames> fields;       // at most 8
    std::span<const FieldNames> top_fields;   // scalars of the top object that are wanted; at most 8
};

struct RecordSink {
    std::function<bool(std::span<JsonScalar> fields)> record;  // false: enough, reading ends without an error
    std::function<void(std::size_t field, JsonScalar& value)> top_field;
};

// Empty when all was well, else one line on what is wrong. Nesting deeper than 64 is an error. `json` is valid UTF-8.
std::string read_records(std::string_view json, const RecordShape& shape, const RecordSink& sink);

}  // namespace podbrief::transcripts
