using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Online;

/// <summary>The nanoseconds of one update of a learner.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="PlainAdaGrad">AdaGrad in plain loops.</param>
/// <param name="AdaGrad"><see cref="OnlineMethod.AdaGrad"/>.</param>
/// <param name="PlainSgd">Stochastic gradient descent in plain loops.</param>
/// <param name="Sgd"><see cref="OnlineMethod.Sgd"/>.</param>
/// <param name="Newton"><see cref="OnlineMethod.Newton"/>, whose plain loops nobody writes.</param>
internal sealed record OnlineResult(
    ModelShape Shape, RoundTimes PlainAdaGrad, RoundTimes AdaGrad, RoundTimes PlainSgd, RoundTimes Sgd, RoundTimes Newton);
