namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// The quadratic model <c>g'd + d'Bd / 2</c> of a smooth function about a point, which is moved through one coordinate after the other: the slopes
/// <c>g + B d</c> follow.
/// </summary>
internal interface IQuadraticModel
{
    /// <summary>Gets a value indicating whether <c>B</c> is the Hessian, so that what the model has left to give is what the function has.</summary>
    bool IsExact { get; }

    /// <summary>Sets the model up at the current point of a line, with <c>d = 0</c>.</summary>
    /// <param name="line">The line.</param>
    void Set(ObjectiveLine line);

    /// <summary>Bounds the curvature along directions within a block of coordinates; of a single coordinate it is exact.</summary>
    /// <param name="block">The block.</param>
    /// <returns>The bound; not positive where nothing curves.</returns>
    double Curvature(CoordinateBlock block);

    /// <summary>Gets an element of the slopes <c>g + B d</c>.</summary>
    /// <param name="index">The index of the coordinate.</param>
    /// <returns>The slope.</returns>
    double Slope(int index);

    /// <summary>Moves <c>d</c> along a coordinate.</summary>
    /// <param name="index">The index of the coordinate.</param>
    /// <param name="change">The change of it.</param>
    void Move(int index, double change);

    /// <summary>Learns from the step of a line to the point evaluated last, before it becomes the current one.</summary>
    /// <param name="line">The line.</param>
    void Learn(ObjectiveLine line);

    /// <summary>Forgets what was learned.</summary>
    /// <returns>Whether there was anything to forget.</returns>
    bool Forget();
}
