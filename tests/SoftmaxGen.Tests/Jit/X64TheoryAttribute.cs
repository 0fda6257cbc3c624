using System.Runtime.InteropServices;

namespace SoftmaxGen.Tests.Jit;

/// <summary>A theory about x64 machine code.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class X64TheoryAttribute : TheoryAttribute
{
    public X64TheoryAttribute()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Skip = $"It reads x64 instructions; this process is {RuntimeInformation.ProcessArchitecture}.";
        }
    }
}
