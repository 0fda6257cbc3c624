using System.Numerics;
using System.Runtime.CompilerServices;

namespace GameLoop;

/// <summary>Three numbers, which the model takes as three columns: a <see cref="Vector3"/> of the game, bit for bit.</summary>
[InlineArray(3)]
internal struct Arrow
{
    private float _first;

    public static implicit operator Arrow(Vector3 vector) => Unsafe.BitCast<Vector3, Arrow>(vector);
}
