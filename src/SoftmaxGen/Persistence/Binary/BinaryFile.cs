using System.Buffers.Binary;

namespace SoftmaxGen.Persistence;

/// <summary>
/// What all binary files have in common, those of models as <c>docs/model-files.md</c> specifies them: a signature of eight bytes, a version, the length of
/// a header, the header in JSON, which says what the numbers mean, the numbers, and a checksum of it all.
/// </summary>
internal readonly ref struct BinaryFile
{
    /// <summary>Where the version is.</summary>
    public const int VersionOffset = 8;

    /// <summary>Where the length of the header is.</summary>
    public const int HeaderLengthOffset = 12;

    /// <summary>Where the header begins.</summary>
    public const int HeaderOffset = 16;

    /// <summary>Initializes a new instance of the <see cref="BinaryFile"/> struct: reads a file, and checks all but the numbers.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, of another version, or of another model.</exception>
    public BinaryFile(ReadOnlySpan<byte> file, uint version, ModelShape shape)
    {
        if (file.Length < HeaderOffset + Digest.Length)
        {
            throw Error($"The file is cut off after {file.Length} bytes.");
        }

        uint found = BinaryPrimitives.ReadUInt32LittleEndian(file[VersionOffset..]);
        if (found != version)
        {
            throw Error($"Byte {VersionOffset}: the file has version {found}; this release reads version {version}.");
        }

        Content = file[..^Digest.Length];
        CheckChecksum(Content, file[Content.Length..]);
        uint headerLength = BinaryPrimitives.ReadUInt32LittleEndian(Content[HeaderLengthOffset..]);
        if (headerLength > Content.Length - HeaderOffset)
        {
            throw Error($"Byte {HeaderLengthOffset}: the header is said to have {headerLength} bytes; there are {Content.Length - HeaderOffset}.");
        }

        NumbersOffset = HeaderOffset + (int)headerLength;
        Header = new JsonText(Content[HeaderOffset..NumbersOffset], " of the header");
        Fields = JsonFields.Find(Header, Header.Whole, "the header", ModelHeader.FieldNames);
        Fields.RefuseUnknown(Header);
        ModelHeader.Check(Header, Fields, shape);
    }

    /// <summary>Gets the file without its checksum.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>Gets where the numbers begin.</summary>
    public int NumbersOffset { get; }

    /// <summary>Gets the header.</summary>
    public JsonText Header { get; }

    /// <summary>Gets the fields of the header.</summary>
    public JsonFields Fields { get; }

    /// <summary>Says what is wrong with a file.</summary>
    public static ModelFormatException Error(FormattableString message) => new(FormattableString.Invariant(message));

    private static void CheckChecksum(ReadOnlySpan<byte> content, ReadOnlySpan<byte> expected)
    {
        using var digest = new Digest();
        digest.Append(content);
        Span<byte> checksum = stackalloc byte[Digest.Length];
        digest.Finish(checksum);
        if (!checksum.SequenceEqual(expected))
        {
            throw Error($"Byte {content.Length}: the checksum is not that of the {content.Length} bytes before it; the file is damaged or cut off.");
        }
    }
}
