namespace SoftmaxGen.AotTests;

/// <summary>The program of the folder Checks, published for Arm.</summary>
public sealed class ArmProgramFixture : IAsyncLifetime
{
    private Playground? _playground;
    private Publication? _program;

    /// <summary>Gets the folder with the program.</summary>
    internal Playground Playground => _playground!;

    /// <summary>Gets the program.</summary>
    internal Publication Program => _program!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (ArmTools.Lack is not null)
        {
            return;
        }

        _playground = await Playground.CreateAsync();
        _playground.Write("Checks/Checks.csproj", Repository.Read("tests/SoftmaxGen.AotTests/Checks/Checks.csproj"));
        _program = await Publication.ArmAsync(_playground);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _playground?.Dispose();
        return Task.CompletedTask;
    }
}
