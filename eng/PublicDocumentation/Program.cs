// Copies a documentation file of the compiler without the members that cannot be seen outside the assembly.
//
//   dotnet exec PublicDocumentation.dll ASSEMBLY FROM TO
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

if (args is not [string assembly, string from, string to])
{
    Console.Error.WriteLine("Give the assembly, its documentation file, and the file to write.");
    return 1;
}

// The assembly may name types of others: their names are all that counts, and they need not be found.
MetadataReference reference = MetadataReference.CreateFromFile(assembly);
CSharpCompilation compilation = CSharpCompilation.Create(
    "Names",
    references: [reference, MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
    options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, metadataImportOptions: MetadataImportOptions.Public));
var seen = new HashSet<string>();
Add(((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace);

XDocument document = XDocument.Load(from, LoadOptions.PreserveWhitespace);
XElement[] hidden = [.. document.Descendants("member").Where(member => !seen.Contains((string)member.Attribute("name")!))];
foreach (XElement member in hidden)
{
    // With the line end and the indentation before.
    (member.PreviousNode as XText)?.Remove();
    member.Remove();
}

document.Save(to, SaveOptions.DisableFormatting);
return 0;

void Add(INamespaceOrTypeSymbol container)
{
    foreach (ISymbol member in container.GetMembers().Where(static member => member is INamespaceSymbol || IsVisible(member)))
    {
        seen.Add(member.GetDocumentationCommentId()!);
        if (member is INamespaceOrTypeSymbol inner)
        {
            Add(inner);
        }
    }
}

static bool IsVisible(ISymbol member) =>
    member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
