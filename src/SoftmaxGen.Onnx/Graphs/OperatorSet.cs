using SoftmaxGen.Onnx.Wire;

namespace SoftmaxGen.Onnx.Graphs;

/// <summary>The version of a domain's operators, <c>OperatorSetIdProto</c>.</summary>
/// <param name="Domain">The domain; empty for the standard operators.</param>
/// <param name="Version">The version.</param>
internal sealed record OperatorSet(string Domain, long Version)
{
    /// <summary>The domain of the operators of classical machine learning.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>Reads the message.</summary>
    public static OperatorSet Read(WireReader reader)
    {
        string domain = "";
        long version = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = reader.ReadText();
                    break;
                case 2:
                    version = reader.ReadInteger();
                    break;
            }
        }

        return new OperatorSet(domain, version);
    }

    /// <summary>Prepares the message for writing.</summary>
    public WireMessage ToMessage() => new WireMessage().Add(1, Domain).Add(2, Version);
}
