namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// What the models of one file may depend on: the names in it and in the files that declare types of these names, and so on. Where it takes many files to say,
/// it is everything.
/// </summary>
internal sealed class FileReach
{
    // Rows, labels and what they are made of take a few. To follow more of them for each model would take as long as to read it.
    private const int MostFiles = 32;

    // Words that a type may be called.
    private static readonly string[] _words = ["var", "nint", "nuint"];

    private readonly HashSet<int> _files = [];
    private readonly HashSet<string> _names = new(FileNames.Comparer);

    private FileReach()
    {
    }

    /// <summary>Follows the names of a file.</summary>
    /// <param name="file">The number of the file.</param>
    /// <param name="files">The names of all files.</param>
    /// <param name="declaring">The files that declare types of a name.</param>
    /// <returns>What its models may depend on.</returns>
    public static FileReach Of(int file, IReadOnlyList<FileNames> files, ILookup<string, int> declaring)
    {
        FileReach reach = new();
        Queue<int> open = new();
        Follow(_words.Concat(files.SelectMany(static names => names.ForAll)));
        Add(file);
        while (open.Count > 0 && reach._files.Count <= MostFiles)
        {
            Follow(files[open.Dequeue()].Mentioned);
        }

        return reach;

        void Follow(IEnumerable<string> names)
        {
            foreach (string name in names.Where(reach._names.Add))
            {
                foreach (int declarer in declaring[name])
                {
                    Add(declarer);
                }
            }
        }

        void Add(int declarer)
        {
            if (reach._files.Add(declarer))
            {
                open.Enqueue(declarer);
            }
        }
    }

    /// <summary>Decides whether the models may be other ones since a file changed.</summary>
    /// <param name="file">The number of the file.</param>
    /// <param name="names">Its names since then.</param>
    /// <returns>Whether they may.</returns>
    public bool IsTouchedBy(int file, FileNames names) =>
        _files.Count > MostFiles || _files.Contains(file) || names.Declared.Any(_names.Contains);
}
