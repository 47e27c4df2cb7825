// What fontconfig keeps of the fonts of the machine until the program ends is no leak of ours; it does not grow with
// what is drawn.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier): the sanitizer's name
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig\n";
}
