using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.Data;

namespace SoftmaxGen.Tests.Data;

/// <summary>Native memory: no vector straddles two cache lines, and large buffers fill large pages.</summary>
public class AlignedBufferTests
{
    [Theory]
    [InlineData(1, 64)]
    [InlineData(524_287, 64)]
    [InlineData(524_288, 2 << 20)]
    [InlineData(1_000_000, 2 << 20)]
    public void The_memory_begins_on_a_boundary_and_holds_what_it_is_given(int length, int boundary)
    {
        using var buffer = new AlignedBuffer<double>(length);
        Span<double> memory = buffer.Slice(0, length);

        Assert.Equal(0, Unsafe.ByteOffset(ref Unsafe.NullRef<double>(), ref MemoryMarshal.GetReference(memory)) % boundary);
        memory.Fill(1);
        buffer.ClearFrom(length - 1);
        Assert.Equal(length - 1, memory.ToArray().Sum());
    }
}
