// What one can begin with. Each is a document and its variables, made from somebody of this world.

export const examples = person => [
  {
    name: "A person's profile, by id (0.1)",
    query: `query Profile($id: String!) {
  searchPeople(input: { id: $id }) {
    totalResults
    results {
      id
      name { fullName }
      currentPositions { title companyInfo { name } }
    }
  }
}`,
    variables: { id: person.id },
  },
  {
    name: "With the work e-mail, by name (1)",
    query: `query WorkEmail($first: String!, $last: String!, $company: String!) {
  searchPeople(
    input: { firstName: $first, lastName: $last, company: { name: $company } }
  ) {
    totalResults
    results {
      id
      name { fullName }
      currentPositions { title emails { value status } }
    }
  }
}`,
    variables: { first: person.firstName, last: person.lastName, company: person.company },
  },
  {
    name: "A company (3)",
    query: `query Company($name: String!) {
  searchCompany(input: { name: $name }) {
    totalResults
    results { id name domain industry numberOfEmployees }
  }
}`,
    variables: { name: person.company },
  },
  {
    name: "A page of an advanced search (1)",
    query: `query Page($limit: Int!) {
  flatAdvancedSearch(input: { limit: $limit }) {
    totalPeople
    people { id name title company { name } }
  }
}`,
    variables: { limit: 5 },
  },
  {
    name: "Balance and prices (free)",
    query: `query Account {
  account {
    universalPlan { available used costs { sku costs { dataPoint cost } } }
  }
}`,
    variables: {},
  },
];
