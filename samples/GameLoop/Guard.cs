using System.Numerics;
using SoftmaxGen;

namespace GameLoop;

/// <summary>What a guard does next.</summary>
internal enum Move
{
    Patrol,
    Chase,
    Attack,
    Flee,
}

/// <summary>What a guard knows in a frame. A structure: it lies on the stack.</summary>
/// <param name="ToPlayer">The way to the player, in metres.</param>
/// <param name="PlayerVelocity">How the player moves, in metres a second.</param>
/// <param name="Distance">How far the player is, in metres.</param>
/// <param name="Health">From 0 to 1.</param>
/// <param name="SeesPlayer">Whether nothing is between them.</param>
internal readonly record struct Situation(
    [Columns(3)] Arrow ToPlayer, [Columns(3)] Arrow PlayerVelocity, [Buckets(2, 8)] float Distance, float Health, bool SeesPlayer)
{
    public static Situation Of(Vector3 toPlayer, Vector3 playerVelocity, float health, bool seesPlayer) =>
        new(toPlayer, playerVelocity, toPlayer.Length(), health, seesPlayer);
}

/// <summary>The mind of a guard, in single precision; its weights are part of the program.</summary>
[SoftmaxModel<Move, Situation>(Precision = SoftmaxPrecision.Single, Weights = "guard.softmax.json", WeightsOptional = true)]
internal sealed partial class GuardModel;
