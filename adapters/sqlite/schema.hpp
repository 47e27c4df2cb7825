#pragma once
#include <string>
#include <vector>

namespace podbrief::sqlite {

// The statements of each step of the schema. A step that was released never changes.
std::vector<std::string> schema_1();
std::vector<std::string> schema_2();
std::vector<std::string> schema_3();
std::vector<std::string> schema_4();
std::vector<std::string> schema_5();
std::vector<std::string> schema_6();

}  // namespace podbrief::sqlite
