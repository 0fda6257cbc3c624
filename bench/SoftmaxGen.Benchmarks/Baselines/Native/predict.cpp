// Predictions of one row, written by hand for AVX-512 and for six shapes: what the mode `native` compares generated code with.
// A row is refused when a score is not finite, as generated code refuses it. The mode compiles this file, as would
//     g++ -O3 -march=native -std=c++17 -shared -fPIC -o predict.so predict.cpp
#include <immintrin.h>
#include <cstdlib>
#include <new>

namespace {

// e^x for x <= 0, within two units in the last place; 0 where it is no longer a normal number.
inline __m512d Exp(__m512d x) {
    const __m512d n = _mm512_roundscale_pd(_mm512_mul_pd(x, _mm512_set1_pd(1.4426950408889634)), 8);
    __m512d r = _mm512_fnmadd_pd(n, _mm512_set1_pd(0.693147180369123816490), x);
    r = _mm512_fnmadd_pd(n, _mm512_set1_pd(1.90821492927058770002e-10), r);
    const __m512d r2 = _mm512_mul_pd(r, r);
    const __m512d r4 = _mm512_mul_pd(r2, r2);
    const auto pair = [r](double a, double b) { return _mm512_fmadd_pd(_mm512_set1_pd(b), r, _mm512_set1_pd(a)); };
    // Estrin's scheme: one row waits for its only exponential.
    const __m512d low = _mm512_fmadd_pd(pair(1.0 / 2, 1.0 / 6), r2, pair(1, 1));
    const __m512d middle = _mm512_fmadd_pd(pair(1.0 / 720, 1.0 / 5040), r2, pair(1.0 / 24, 1.0 / 120));
    const __m512d high = _mm512_fmadd_pd(pair(1.0 / 3628800, 1.0 / 39916800), r2, pair(1.0 / 40320, 1.0 / 362880));
    const __m512d p = _mm512_fmadd_pd(_mm512_fmadd_pd(high, r4, middle), r4, low);
    const __mmask8 normal = _mm512_cmp_pd_mask(x, _mm512_set1_pd(-708), _CMP_GE_OQ);
    return _mm512_maskz_scalef_pd(normal, p, n);
}

inline __m256d Exp(__m256d x) { return _mm512_castpd512_pd256(Exp(_mm512_castpd256_pd512(x))); }

// The operations that differ between vectors of eight and of four.
struct Eight {
    using Type = __m512d;
    static constexpr int Lanes = 8;
    static Type Load(const double* p) { return _mm512_load_pd(p); }
    static Type All(double x) { return _mm512_set1_pd(x); }
    static Type Zero() { return _mm512_setzero_pd(); }
    static Type Fma(Type a, Type b, Type c) { return _mm512_fmadd_pd(a, b, c); }
    static Type Add(Type a, Type b) { return _mm512_add_pd(a, b); }
    static Type Subtract(Type a, Type b) { return _mm512_sub_pd(a, b); }
    static Type Multiply(Type a, Type b) { return _mm512_mul_pd(a, b); }
    static Type Max(Type a, Type b) { return _mm512_max_pd(a, b); }
    static unsigned Equal(Type a, Type b) { return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
    static Type Choose(unsigned mask, Type a, Type b) { return _mm512_mask_mov_pd(b, static_cast<__mmask8>(mask), a); }
    static void Store(double* p, unsigned mask, Type a) { _mm512_mask_storeu_pd(p, static_cast<__mmask8>(mask), a); }
    static __m256d Halves(Type a, __m256d (*fold)(__m256d, __m256d)) {
        return fold(_mm512_castpd512_pd256(a), _mm512_extractf64x4_pd(a, 1));
    }
};

struct Four {
    using Type = __m256d;
    static constexpr int Lanes = 4;
    static Type Load(const double* p) { return _mm256_load_pd(p); }
    static Type All(double x) { return _mm256_set1_pd(x); }
    static Type Zero() { return _mm256_setzero_pd(); }
    static Type Fma(Type a, Type b, Type c) { return _mm256_fmadd_pd(a, b, c); }
    static Type Add(Type a, Type b) { return _mm256_add_pd(a, b); }
    static Type Subtract(Type a, Type b) { return _mm256_sub_pd(a, b); }
    static Type Multiply(Type a, Type b) { return _mm256_mul_pd(a, b); }
    static Type Max(Type a, Type b) { return _mm256_max_pd(a, b); }
    static unsigned Equal(Type a, Type b) { return _mm256_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
    static Type Choose(unsigned mask, Type a, Type b) { return _mm256_mask_mov_pd(b, static_cast<__mmask8>(mask), a); }
    static void Store(double* p, unsigned mask, Type a) { _mm256_mask_storeu_pd(p, static_cast<__mmask8>(mask), a); }
    static __m256d Halves(Type a, __m256d (*)(__m256d, __m256d)) { return a; }
};

inline __m256d Max4(__m256d a, __m256d b) { return _mm256_max_pd(a, b); }
inline __m256d Add4(__m256d a, __m256d b) { return _mm256_add_pd(a, b); }

template <class V>
inline double Largest(typename V::Type a) {
    const __m256d b = V::Halves(a, Max4);
    const __m128d c = _mm_max_pd(_mm256_castpd256_pd128(b), _mm256_extractf128_pd(b, 1));
    return _mm_cvtsd_f64(_mm_max_sd(c, _mm_unpackhi_pd(c, c)));
}

template <class V>
inline double Total(typename V::Type a) {
    const __m256d b = V::Halves(a, Add4);
    const __m128d c = _mm_add_pd(_mm256_castpd256_pd128(b), _mm256_extractf128_pd(b, 1));
    return _mm_cvtsd_f64(_mm_add_sd(c, _mm_unpackhi_pd(c, c)));
}

struct Predictor {
    virtual ~Predictor() = default;
    virtual int Predict(const double* x) const = 0;
    virtual bool Probabilities(const double* x, double* p) const = 0;
};

// Lanes are classes; columns of weights, of which the last vector is padded with zeros that are masked out.
template <class V, int C, int M, int Chains>
class ByClass final : public Predictor {
    static constexpr int Vectors = (C + V::Lanes - 1) / V::Lanes;
    static constexpr int Stride = Vectors * V::Lanes;
    static constexpr unsigned All = (1u << V::Lanes) - 1;
    static constexpr unsigned LastMask = All >> (Stride - C);
    alignas(64) double columns_[(M + 1) * Stride] = {};

    // False when a score is not finite.
    inline bool Sum(const double* x, typename V::Type* s) const {
        typename V::Type chain[Chains][Vectors];
        for (int v = 0; v < Vectors; v++) {
            chain[0][v] = V::Load(columns_ + v * V::Lanes);
            for (int c = 1; c < Chains; c++) {
                chain[c][v] = V::Zero();
            }
        }
#pragma GCC unroll 64
        for (int k = 0; k < M; k++) {
            const auto xk = V::All(x[k]);
            for (int v = 0; v < Vectors; v++) {
                chain[k % Chains][v] = V::Fma(V::Load(columns_ + (k + 1) * Stride + v * V::Lanes), xk, chain[k % Chains][v]);
            }
        }
        auto check = V::Zero();
        for (int v = 0; v < Vectors; v++) {
            for (int step = Chains / 2; step > 0; step /= 2) {
                for (int c = 0; c < step; c++) {
                    chain[c][v] = V::Add(chain[c][v], chain[c + step][v]);
                }
            }
            s[v] = chain[0][v];
            check = V::Fma(s[v], V::Zero(), check);
        }
        return V::Equal(check, V::Zero()) == All;
    }

    static inline double Max(typename V::Type* s) {
        auto top = V::Choose(LastMask, s[Vectors - 1], s[0]);
        if (Vectors == 1) {
            top = V::Choose(LastMask, s[0], V::All(-__builtin_inf()));
        }
        for (int v = 0; v < Vectors - 1; v++) {
            top = V::Max(top, s[v]);
        }
        return Largest<V>(top);
    }

public:
    explicit ByClass(const double* weights) {
        for (int j = 0; j < C; j++) {
            for (int k = 0; k <= M; k++) {
                columns_[k * Stride + j] = weights[j * (M + 1) + k];
            }
        }
    }

    int Predict(const double* x) const override {
        typename V::Type s[Vectors];
        if (!Sum(x, s)) {
            return -1;
        }
        const auto max = V::All(Max(s));
        unsigned long long classes = 0;
        for (int v = 0; v < Vectors; v++) {
            classes |= static_cast<unsigned long long>(V::Equal(s[v], max)) << (v * V::Lanes);
        }
        return __builtin_ctzll(classes);
    }

    bool Probabilities(const double* x, double* p) const override {
        typename V::Type s[Vectors];
        if (!Sum(x, s)) {
            return false;
        }
        const auto max = V::All(Max(s));
        auto sum = V::Zero();
        for (int v = 0; v < Vectors; v++) {
            s[v] = Exp(V::Subtract(s[v], max));
            sum = V::Add(sum, v == Vectors - 1 ? V::Choose(LastMask, s[v], V::Zero()) : s[v]);
        }
        const auto inverse = V::All(1 / Total<V>(sum));
        for (int v = 0; v < Vectors; v++) {
            V::Store(p + v * V::Lanes, v == Vectors - 1 ? LastMask : All, V::Multiply(s[v], inverse));
        }
        return true;
    }
};

// Two classes: a dot product with the difference of their weights, whose lanes are features.
template <int M>
class TwoClasses final : public Predictor {
    static constexpr int Vectors = (M + 7) / 8;
    static constexpr __mmask8 LastMask = 0xFF >> (Vectors * 8 - M);
    alignas(64) double difference_[Vectors * 8] = {};
    double bias_;

    inline double Sum(const double* x) const {
        __m512d even = _mm512_setzero_pd();
        __m512d odd = _mm512_setzero_pd();
        for (int v = 0; v < Vectors; v++) {
            const __m512d xv = v == Vectors - 1 ? _mm512_maskz_loadu_pd(LastMask, x + v * 8) : _mm512_loadu_pd(x + v * 8);
            __m512d& sum = v % 2 == 0 ? even : odd;
            sum = _mm512_fmadd_pd(_mm512_load_pd(difference_ + v * 8), xv, sum);
        }
        return bias_ + Total<Eight>(_mm512_add_pd(even, odd));
    }

public:
    explicit TwoClasses(const double* weights) : bias_(weights[M + 1] - weights[0]) {
        for (int k = 0; k < M; k++) {
            difference_[k] = weights[M + 2 + k] - weights[1 + k];
        }
    }

    int Predict(const double* x) const override {
        const double t = Sum(x);
        return t * 0 == 0 ? t > 0 : -1;
    }

    bool Probabilities(const double* x, double* p) const override {
        const double t = Sum(x);
        if (t * 0 != 0) {
            return false;
        }
        const double e = _mm512_cvtsd_f64(Exp(_mm512_set1_pd(-__builtin_fabs(t))));
        const double likely = 1 / (1 + e);
        const double unlikely = e * likely;
        p[0] = t > 0 ? unlikely : likely;
        p[1] = t > 0 ? likely : unlikely;
        return true;
    }
};

template <class T>
Predictor* Make(const double* weights) {
    return new (std::aligned_alloc(64, (sizeof(T) + 63) / 64 * 64)) T(weights);
}

}  // namespace

// Null for a shape that is not here.
extern "C" Predictor* softmax_make(int classes, int features, const double* weights) {
    switch (classes * 1000 + features) {
        case 3004: return Make<ByClass<Four, 3, 4, 1>>(weights);
        case 4008: return Make<ByClass<Four, 4, 8, 2>>(weights);
        case 2030: return Make<TwoClasses<30>>(weights);
        case 10016: return Make<ByClass<Eight, 10, 16, 2>>(weights);
        case 10064: return Make<ByClass<Eight, 10, 64, 4>>(weights);
        case 26016: return Make<ByClass<Eight, 26, 16, 2>>(weights);
        default: return nullptr;
    }
}

extern "C" int softmax_labels(const Predictor* predictor, const double* rows, int features, int count) {
    int sum = 0;
    for (int row = 0; row < count; row++) {
        sum += predictor->Predict(rows + row * features);
    }
    return sum;
}

// Each row is written number by number just before its prediction. Without a predictor it is written, and no more.
extern "C" int softmax_fresh_labels(const Predictor* predictor, const double* rows, double* row, int features, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < features; k++) {
            static_cast<volatile double*>(row)[k] = rows[i * features + k] + 0.25;
        }
        sum += predictor != nullptr ? predictor->Predict(row) : 0;
    }
    return sum;
}

extern "C" int softmax_probabilities(const Predictor* predictor, const double* rows, int features, double* probabilities, int classes, int count) {
    int finite = 0;
    for (int row = 0; row < count; row++) {
        finite += predictor->Probabilities(rows + row * features, probabilities + row * classes);
    }
    return finite;
}
