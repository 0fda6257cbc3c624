namespace SoftmaxGen;

/// <summary>The algorithm that minimises the objective. All are deterministic: the same input gives the same bits.</summary>
public enum Solver
{
    /// <summary>The library's choice, by shape, rows and penalty, from measurements: see the section on solvers of <c>docs/numerics.md</c>.</summary>
    Auto = 0,

    /// <summary>
    /// Newton's method with the exact Hessian and a line search where the Hessian is generated (<see cref="ModelShape.HasHessian"/>), and elsewhere in a
    /// trust region with conjugate gradients (Lin, Weng and Keerthi, <i>Trust region Newton method for large-scale logistic regression</i>, JMLR 9, 2008).
    /// A few costly iterations; the best choice for a tight tolerance and for problems that are badly conditioned. With an L1 or a group L1 penalty it is
    /// the proximal Newton method (Lee, Sun and Saunders, <i>Proximal Newton-type methods for minimizing composite functions</i>, SIAM J. Optim. 24, 2014);
    /// shapes without the Hessian are then left to <see cref="Lbfgs"/>.
    /// </summary>
    Newton = 1,

    /// <summary>
    /// Limited-memory BFGS with 10 remembered steps and a strong Wolfe line search (Nocedal and Wright, <i>Numerical Optimization</i>,
    /// 2nd edition, algorithm 7.5). Memory and time per iteration grow linearly with the number of weights. With an L1 or a
    /// group L1 penalty it is the proximal Newton method with the curvature that L-BFGS learns (Scheinberg and Tang, <i>Practical inexact proximal
    /// quasi-Newton method with global complexity analysis</i>, Math. Program. 160, 2016).
    /// </summary>
    Lbfgs = 2,

    /// <summary>
    /// Steepest descent with a line search: the plain method of lecture notes (Cauchy, 1847). For comparison; it needs many iterations.
    /// </summary>
    GradientDescent = 3,

    /// <summary>
    /// Stochastic gradient descent over shuffled batches (Robbins and Monro, <i>A stochastic approximation method</i>, 1951). An iteration is an epoch:
    /// every row once. <see cref="TrainingOptions.Epochs"/>, <see cref="TrainingOptions.BatchSize"/>, <see cref="TrainingOptions.LearningRate"/> and
    /// <see cref="TrainingOptions.LearningRateSchedule"/> govern it.
    /// </summary>
    Sgd = 4,

    /// <summary>
    /// <see cref="Sgd"/> with heavy-ball momentum 0.9 (Polyak, <i>Some methods of speeding up the convergence of iteration methods</i>, 1964).
    /// </summary>
    Momentum = 5,

    /// <summary><see cref="Sgd"/> with the steps of Adam (Kingma and Ba, <i>Adam: a method for stochastic optimization</i>, ICLR 2015).</summary>
    Adam = 6,

    /// <summary>
    /// <see cref="Sgd"/> with the steps of AdaGrad (Duchi, Hazan and Singer, <i>Adaptive subgradient methods for online learning and stochastic
    /// optimization</i>, JMLR 12, 2011).
    /// </summary>
    AdaGrad = 7,
}
