# Every library of the program, each as one target that the rooms link. README.md says why each is here.
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS url)
find_package(OpenSSL 3 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n data)
find_package(fmt 9 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(pugixml 1.13 REQUIRED)
find_package(LibXml2 2.9 REQUIRED)
find_package(date 3 REQUIRED)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec)
pkg_check_modules(BROTLI_ENCODER REQUIRED IMPORTED_TARGET libbrotlienc)
pkg_check_modules(PANGOCAIRO REQUIRED pangocairo)
pkg_check_modules(TOMLPP REQUIRED IMPORTED_TARGET tomlplusplus)
find_package(prometheus-cpp REQUIRED CONFIG)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
find_path(STEMMER_INCLUDE_DIR libstemmer.h REQUIRED)
add_library(stemmer INTERFACE)
target_link_libraries(stemmer INTERFACE ${STEMMER_LIBRARY})
target_include_directories(stemmer SYSTEM INTERFACE ${STEMMER_INCLUDE_DIR})

# Asio and Beast are compiled once (core/async, adapters/http), not in each file that includes them. These definitions
# must be the same in every file.
target_compile_definitions(podbrief_options INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_DISABLE_VISIBILITY SPDLOG_FMT_EXTERNAL SPDLOG_COMPILED_LIB FMT_SHARED
  JSON_DIAGNOSTICS=0 JSON_USE_IMPLICIT_CONVERSIONS=0)
target_link_libraries(podbrief_options INTERFACE Boost::headers Boost::url fmt::fmt Threads::Threads)

# One precompiled header for all rooms.
add_library(podbrief_pch OBJECT ${CMAKE_SOURCE_DIR}/core/async/pch.cpp)
target_link_libraries(podbrief_pch PUBLIC podbrief_options)
target_precompile_headers(podbrief_pch PRIVATE ${CMAKE_SOURCE_DIR}/core/async/pch.hpp)
