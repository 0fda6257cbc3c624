using System.Runtime.Intrinsics;
using SoftmaxGen.JitProbe;
using SoftmaxGen.JitProbe.Models;

EntryPoints.CallAll<Double2x1, double>();
EntryPoints.CallAll<Double3x4, double>();
EntryPoints.CallAll<Double2x30, double>();
EntryPoints.CallAll<Double4x8, double>();
EntryPoints.CallAll<Double7x54, double>();
EntryPoints.CallAll<Double10x64, double>();
EntryPoints.CallAll<Double12x8, double>();
EntryPoints.CallAll<Double26x3, double>();
EntryPoints.CallAll<Double27x18, double>();
EntryPoints.CallAll<Double2x25, double>();
EntryPoints.CallAll<Double100x784, double>();
EntryPoints.CallAll<Double1000x16, double>();
EntryPoints.CallAll<Single3x4, float>();
EntryPoints.CallAll<Single2x30, float>();
EntryPoints.CallAll<Single26x16, float>();
EntryPoints.CallAll<Single100x784, float>();
EntryPoints.CallAll<Sparse10x400, double>();
EntryPoints.CallPrediction(Sparse10x400.Pretrained, new double[EntryPoints.RowCount * Sparse10x400.Features]);
EntryPoints.CallAll<Sparse10x170, double>();
EntryPoints.CallPrediction(Sparse10x170.Pretrained, new double[EntryPoints.RowCount * Sparse10x170.Features]);

// Which of the kernels ran.
Console.WriteLine(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128);
