# Read by CMake where llama.cpp's own project begins (CMAKE_PROJECT_llama.cpp_INCLUDE, scripts/setup.sh).
# The Python package forces the helper library for llama.cpp's programs on; fuente runs none of them.
set(LLAMA_BUILD_COMMON OFF)
