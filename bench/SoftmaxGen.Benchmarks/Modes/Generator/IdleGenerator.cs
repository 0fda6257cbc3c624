using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Benchmarks.Modes.Generator;

/// <summary>A generator that looks for one form of the attribute, as the compiler offers to, and does nothing with what it finds.</summary>
#pragma warning disable RS1036, RS1041, RS1042 // It is no analyzer of a package: only this benchmark runs it.
[Generator(LanguageNames.CSharp)]
internal sealed class IdleGenerator : IIncrementalGenerator
#pragma warning restore RS1036, RS1041, RS1042
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        context.SyntaxProvider.ForAttributeWithMetadataName("SoftmaxGen.SoftmaxModelAttribute", static (_, _) => true, static (_, _) => 0),
        static (_, _) => { });
}
