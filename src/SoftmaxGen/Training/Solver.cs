namespace SoftmaxGen;

/// <summary>The algorithm that minimises the objective. All are deterministic and start at zero weights.</summary>
public enum Solver
{
    /// <summary>The library's choice: L-BFGS.</summary>
    Auto = 0,

    /// <summary>
    /// Limited-memory BFGS with 10 remembered steps and a strong Wolfe line search (Nocedal and Wright, <i>Numerical Optimization</i>,
    /// 2nd edition, algorithm 7.5). Memory and time per iteration grow linearly with the number of weights.
    /// </summary>
    Lbfgs = 1,
}
