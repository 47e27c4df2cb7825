#pragma once
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace podbrief {

// An outcome that the caller acts on is a value; broken promises and broken machines are exceptions.
template <class T>
using Result = boost::system::result<T>;

enum class Errc {
    timed_out = 1,
    unavailable,  // could not be done now; may work later
    not_found,
    invalid,  // the input is at fault; trying again will not help
    too_large,
    refused,  // a rule of ours forbids it
};

boost::system::error_code make_error_code(Errc);

}  // namespace podbrief

template <>
struct boost::system::is_error_code_enum<podbrief::Errc> : std::true_type {};
