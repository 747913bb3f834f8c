/*
 * The plain LayerNorm in C: three loops over a row, in float32. Told a folder, rows and cols, it reads <folder>/*.f32
 * and then does what its standard input says: see peer.ts.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static float *array(const char *folder, const char *name, size_t length) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.f32", folder, name);
  float *values = malloc(length * sizeof(float));
  FILE *file = fopen(path, "rb");
  if (!values || !file || fread(values, sizeof(float), length, file) != length) {
    fprintf(stderr, "layerNorm.c: cannot read %zu float32 from %s\n", length, path);
    exit(1);
  }
  fclose(file);
  return values;
}

static void layer_norm(const float *x, const float *weight, const float *bias, float *y, size_t rows, size_t cols) {
  for (size_t row = 0; row < rows; row++, x += cols, y += cols) {
    float mean = 0;
    for (size_t c = 0; c < cols; c++) {
      mean += x[c];
    }
    mean /= cols;
    float variance = 0;
    for (size_t c = 0; c < cols; c++) {
      variance += (x[c] - mean) * (x[c] - mean);
    }
    variance /= cols;
    float rstd = 1 / sqrtf(variance + 1e-5f);
    for (size_t c = 0; c < cols; c++) {
      y[c] = (x[c] - mean) * rstd * weight[c] + bias[c];
    }
  }
}

int main(int count, char **arguments) {
  if (count != 4) {
    fprintf(stderr, "layerNorm.c: wants a folder, rows and cols\n");
    return 1;
  }
  size_t rows = strtoull(arguments[2], 0, 10), cols = strtoull(arguments[3], 0, 10);
  float *x = array(arguments[1], "x", rows * cols);
  float *weight = array(arguments[1], "weight", cols);
  float *bias = array(arguments[1], "bias", cols);
  float *y = calloc(rows * cols, sizeof(float));
  printf("ready\n");
  fflush(stdout);
  char work[64];
  while (fgets(work, sizeof work, stdin)) {
    if (strcmp(work, "forward\n")) {
      fprintf(stderr, "layerNorm.c: does not know %s", work);
      return 1;
    }
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    layer_norm(x, weight, bias, y, rows, cols);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double sum = 0, squares = 0;
    for (size_t i = 0; i < rows * cols; i++) {
      sum += fabs(y[i]);
      squares += (double)y[i] * y[i];
    }
    double ms = (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) * 1e-6;
    printf("{\"ms\": %.6f, \"digest\": [%.17g, %.17g]}\n", ms, sum, squares);
    fflush(stdout);
  }
  return 0;
}
