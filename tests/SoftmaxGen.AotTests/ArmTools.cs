using System.Runtime.InteropServices;

namespace SoftmaxGen.AotTests;

/// <summary>What it takes besides the .NET SDK to compile for Arm on an x64 machine, and to run there what was compiled. The names are Debian's.</summary>
internal static class ArmTools
{
    /// <summary>The program that links.</summary>
    public const string Linker = "aarch64-linux-gnu-gcc";

    /// <summary>The program that takes symbols out of a program.</summary>
    public const string ObjectCopier = "aarch64-linux-gnu-objcopy";

    /// <summary>
    /// The limit of a program's managed heap, 512 MiB in hexadecimal. Without one the garbage collector reserves a quarter of a terabyte of addresses, for
    /// which the emulator may look page by page and never end.
    /// </summary>
    public const string HeapLimit = "20000000";

    // What the C library of Arm and OpenSSL, with which .NET computes the checksums of model files, are found by.
    private const string Loader = "/lib/ld-linux-aarch64.so.1";
    private const string OpenSsl = "/usr/lib/aarch64-linux-gnu/libssl.so.3";

    /// <summary>Gets the program that runs programs for Arm; null when there is none.</summary>
    public static string? Emulator { get; } = new[] { "qemu-aarch64-static", "qemu-aarch64" }.FirstOrDefault(NativeTools.IsInstalled);

    /// <summary>Gets the reason why programs for Arm cannot be made or run here; null when they can.</summary>
    public static string? Lack { get; } =
        !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 ? "Arm is emulated on Linux on x64 alone."
        : !NativeTools.IsInstalled(Linker) || !NativeTools.IsInstalled(ObjectCopier) ? $"{Linker} is not installed (Debian: gcc-aarch64-linux-gnu)."
        : Emulator is null ? "qemu-aarch64 is not installed (Debian: qemu-user-static)."
        : !File.Exists(Loader) || !File.Exists(OpenSsl) ? "OpenSSL for Arm is not installed (Debian: dpkg --add-architecture arm64, then libssl3:arm64)."
        : null;
}
